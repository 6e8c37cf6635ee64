"""The public form of records: the contract's fields in its order, plain JSON types, no internal ids."""

import json

from assistant.public import FACT_FIELDS, fact_json, finding_json, program_json
from assistant.records import to_json

TEXT = "事業承継補助金の補助率は、原則枠が2/3です。"


def test_a_fact_is_what_to_json_gives_without_the_internal_id(assistant):
    facts = list(assistant.index.facts())
    assert facts
    for fact in facts:
        plain = to_json(fact)
        del plain["program_id"]
        assert list(fact_json(fact).items()) == list(plain.items())
        assert json.loads(json.dumps(fact_json(fact))) == plain


def test_the_columns_are_the_facts_fields(assistant):
    fact = next(iter(assistant.index.facts()))
    assert tuple(fact_json(fact)) == FACT_FIELDS


def test_programs_and_findings_hold_no_internal_id(assistant):
    programs = [program_json(one) for one in assistant.index.programs.values()]
    findings = [finding_json(one) for one in assistant.check(TEXT)]
    assert findings
    assert findings[0]["facts"]
    for record in (*programs, *findings, *findings[0]["facts"]):
        assert not {"id", "program_id", "role"} & set(record)


def test_every_field_of_the_contract_is_there():
    stated = (
        "fact_id document program subprogram kind item condition text yen yen_min yen_max number unit bound per "
        "fiscal_year stage flags line_start line_end quote note"
    )
    assert set(stated.split()) <= set(FACT_FIELDS)
