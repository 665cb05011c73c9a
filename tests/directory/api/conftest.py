"""A small directory for the API: two organisations, a hidden shelter, a place with everything HSDS can say."""

from datetime import time

import pytest
from django.utils.timezone import now

from tsunagari.directory import models as t
from tsunagari.directory import publishing


@pytest.fixture
def shelf(db):
    """The rows by name."""
    npo = t.Organization.objects.create(
        name="つながりの家（架空）", description="居場所をひらく団体", website="https://example.jp/"
    )
    city = t.Organization.objects.create(name="福祉課（架空）")
    taxonomy = t.Taxonomy.objects.create(code="worry", name="困りごと", description="何に困っているか")
    term = t.TaxonomyTerm.objects.create(
        taxonomy=taxonomy, code="family", name="家族との関係", description="家族のこと"
    )
    open_place = t.Location.objects.create(name="飾磨の家", latitude=34.79, longitude=134.67, organization=npo)
    t.Address.objects.create(
        location=open_place, address_1="飾磨区1-1", city="姫路市", state_province="兵庫県", postal_code="672-8031"
    )
    hidden = t.Location.objects.create(name="シェルター", latitude=34.8, longitude=134.7, address_hidden=True)
    t.Address.objects.create(
        location=hidden, address_1="ひみつ町9-9", city="姫路市", state_province="兵庫県", postal_code="670-0012"
    )
    place = t.Service.objects.create(organization=npo, name="ふらっと居場所", kind="place", description="だれでも")
    shelter = t.Service.objects.create(organization=city, name="避難の相談", description="安心できるところ")
    sal = t.ServiceAtLocation.objects.create(service=place, location=open_place)
    t.ServiceAtLocation.objects.create(service=shelter, location=hidden)
    t.Schedule.objects.create(service=place, freq="WEEKLY", byday="MO,WE", opens_at=time(10), closes_at=time(15, 30))
    t.Phone.objects.create(service=place, number="079-000-0001")
    t.Attribute.objects.create(link_id=place.pk, link_entity="service", taxonomy_term=term)
    unit = t.Unit.objects.create(name="人")
    t.ServiceCapacity.objects.create(service=place, unit=unit, available=3, maximum=10, updated=now())
    publishing.refresh_all()
    return {
        "npo": npo, "city": city, "place": place, "shelter": shelter, "sal": sal, "term": term, "taxonomy": taxonomy,
        "hidden": hidden,
    }  # fmt: skip
