"""What pages say about things, in the reader's words. Values go in and out; no request, no template."""
