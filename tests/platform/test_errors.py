"""A domain error is a sentence with facts."""

from ansinh.platform.errors import DomainError, Invalid


def test_an_error_reads_as_its_vietnamese_sentence() -> None:
    error = DomainError("too-late", "Đã quá hạn {n} ngày.", n=3)
    assert str(error) == "Đã quá hạn 3 ngày."
    assert (error.code, error.facts) == ("too-late", {"n": 3})


def test_a_sentence_without_facts_may_contain_braces() -> None:
    assert str(DomainError("x", "Dấu { không đóng.")) == "Dấu { không đóng."


def test_an_invalid_answer_lists_its_problems() -> None:
    assert Invalid("gaps", "Còn {n} chỗ.", problems=["a", "b"], n=2).problems == ("a", "b")
