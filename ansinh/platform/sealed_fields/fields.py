"""Fields of models whose values the database keeps sealed.

A model has the sealed field and, to find its rows, a blind index that PostgreSQL takes out of the sealed value itself:

    personal_id_number = SealedText(kind="personal-id")
    personal_id_key = BlindIndex("personal_id_number")

Python reads and writes the number, `filter(personal_id_number=…)` and `__in` compare the index. Constraints and joins
name the index. Nothing else can be asked of a sealed column, and whole-table writes (`update`, `bulk_update`) are
refused, because a value is sealed for one row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models.expressions import Col, F, Func
from django.db.models.lookups import Lookup
from django.db.models.query_utils import DeferredAttribute

from ansinh.platform.sealed_fields.envelope import INDEX, SHORTEST, Sealed, blind_index, seal, unseal
from ansinh.platform.sealed_fields.keys import present_version

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _Lookup = Lookup[Any]
else:
    _Field, _Lookup = models.Field, Lookup

_ASKED: Final = frozenset({"exact", "in", "isnull"})


class _SealedAttribute(DeferredAttribute):
    """Opens what came from the database when somebody reads it, with the row's own primary key."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        return self.field.opened(instance, value) if instance is not None and isinstance(value, Sealed) else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.empty() if value is None else value


class SealedField(_Field):
    """What sealed fields have in common. `kind` names the numbers whose blind indexes may be compared.

    An empty value is NULL in the table; `null=False` says that there must be one.
    """

    descriptor_class = _SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **{"null": True, "default": self.empty, **options, "blank": True})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As written in the model."""
        name, path, args, options = super().deconstruct()
        for implied in ("blank", "default"):
            options.pop(implied, None)
        required = {} if options.pop("null", False) else {"null": False}
        return name, path, args, {**options, **required, "kind": self.kind}

    def db_type(self, connection: Any) -> str:
        """Octets."""
        return "bytea"

    def db_check(self, connection: Any) -> str:
        """The database takes nothing that is as short as an open number."""
        return f"octet_length({connection.ops.quote_name(self.column)}) >= {SHORTEST}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Equality alone: nothing else can be asked of a sealed number."""
        return super().get_lookup(lookup_name) if lookup_name in _ASKED else None

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> Any:
        """Sealed until somebody reads it from its row."""
        return self.empty() if value is None else Sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> bytes | None:
        """What was sealed for a row. Raises TypeError for an open value: only a row's own `save` can seal it."""
        if isinstance(value, Sealed):
            return bytes(value)
        if not value:
            return None
        raise TypeError(f"{self.model.__name__}.{self.name} is sealed for its row: write it with save() or create()")

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """The value sealed for this row; the same octets as long as neither number nor key changed."""
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, Sealed) and not add:
            return held
        return self.sealed(model_instance, getattr(model_instance, self.attname), again=add)

    def sealed(self, row: models.Model, value: Any, *, again: bool = True) -> Sealed | None:
        """The value sealed for a row; None for an empty one."""
        if not value:
            return None
        if row.pk is None:
            raise TypeError(f"{self.model.__name__} needs its primary key before {self.name} can be sealed")
        text, index = self.text_of(value), blind_index(self.kind, *self.parts_of(row, value))
        before, kept = row.__dict__.get(self._kept, (None, None))
        same = kept is not None and text == before and (kept.found_by, kept.version) == (index, present_version())
        if same and not again:
            return kept  # type: ignore[no-any-return]
        made = seal(text, column=self.place, row=row.pk, index=index)
        row.__dict__[self._kept] = (text, made)
        return made

    def opened(self, row: models.Model, value: Sealed) -> Any:
        """The value of a row, kept in it. Raises KeyMissing, SealBroken."""
        text = unseal(value, column=self.place, row=row.pk)
        row.__dict__[self._kept] = (text, value)
        row.__dict__[self.attname] = shown = self.value_of(text)
        return shown

    @property
    def place(self) -> str:
        """`table.column`, which the seal is bound to beside the row."""
        return f"{self.model._meta.db_table}.{self.column}"

    @property
    def _kept(self) -> str:
        return f"_{self.attname}_as_sealed"

    def empty(self) -> Any:
        """The value of a column without one."""
        raise NotImplementedError

    def text_of(self, value: Any) -> str:
        """What is sealed."""
        raise NotImplementedError

    def value_of(self, text: str) -> Any:
        """The value of what was sealed."""
        raise NotImplementedError

    def parts_of(self, row: models.Model, value: Any) -> Sequence[str]:
        """What the blind index is of."""
        raise NotImplementedError


class SealedText(SealedField):
    """A number or a name. `beside`: columns of the row that the blind index is of too (a bank, before its account)."""

    def __init__(self, *args: Any, kind: str, beside: Sequence[str] = (), **options: Any) -> None:
        self.beside = tuple(beside)
        super().__init__(*args, kind=kind, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As written in the model."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, **({"beside": self.beside} if self.beside else {})}

    def empty(self) -> str:
        """No text."""
        return ""

    def text_of(self, value: Any) -> str:
        """The text itself."""
        return str(value)

    def value_of(self, text: str) -> str:
        """The text itself."""
        return text

    def parts_of(self, row: models.Model, value: Any) -> Sequence[str]:
        """The columns beside it, then the text."""
        return [*(str(getattr(row, name)) for name in self.beside), str(value)]


class SealedJSON(SealedField):
    """An object sealed as a whole. `indexed`: the members that the blind index is of."""

    def __init__(self, *args: Any, kind: str, indexed: Sequence[str] = (), **options: Any) -> None:
        self.indexed = tuple(indexed)
        super().__init__(*args, kind=kind, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As written in the model."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, **({"indexed": self.indexed} if self.indexed else {})}

    def empty(self) -> dict[str, Any]:
        """An object without members."""
        return {}

    def text_of(self, value: Any) -> str:
        """Its JSON, always written in the same way."""
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def value_of(self, text: str) -> Any:
        """The object."""
        return json.loads(text)

    def parts_of(self, row: models.Model, value: Mapping[str, Any]) -> Sequence[str]:
        """The members that tell one number from another."""
        return [str(value.get(name) or "") for name in self.indexed]


class BlindIndex(models.GeneratedField):
    """The index in front of the sealed values of the field `of`, which PostgreSQL keeps beside them."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        taken = Func(F(of), function="substring", template=f"%(function)s(%(expressions)s from 1 for {INDEX})")
        given = {"expression": taken, "output_field": models.BinaryField(null=True), "db_persist": True}
        super().__init__(**{**options, **given, "null": True})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As written in the model."""
        name, path, _, options = super().deconstruct()
        for implied in ("expression", "output_field", "db_persist", "null"):
            options.pop(implied, None)
        return name, path, [self.of], options


class _ByIndex(_Lookup):
    """Compares blind indexes; an empty number has none."""

    prepare_rhs = False
    lhs: Any

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """SQL on the index column of the sealed field that stands on the left."""
        field = self.lhs.target
        column, _ = compiler.compile(Col(self.lhs.alias, _index_of(field)))
        return self.compared(column, field)

    def compared(self, column: str, field: SealedField) -> tuple[str, list[Any]]:
        """SQL that compares the index column with what was asked."""
        raise NotImplementedError


@SealedField.register_lookup
class Equal(_ByIndex):
    """The same number."""

    lookup_name = "exact"

    def get_prep_lookup(self) -> Any:
        """Asked for no number Django looks for NULL instead, as for None."""
        return self.rhs or None

    def compared(self, column: str, field: SealedField) -> tuple[str, list[Any]]:
        """Equality of the index."""
        return f"{column} = %s", [_asked(field, self.rhs)]


@SealedField.register_lookup
class OneOf(_ByIndex):
    """One of these numbers."""

    lookup_name = "in"

    def compared(self, column: str, field: SealedField) -> tuple[str, list[Any]]:
        """The index is one of theirs."""
        asked = [_asked(field, one) for one in self.rhs if one]
        return (f"{column} = ANY(%s)", [asked]) if asked else ("FALSE", [])


def _asked(field: SealedField, value: Any) -> bytes:
    if isinstance(field, SealedText) and isinstance(value, str) and not field.beside:
        return blind_index(field.kind, value)
    raise TypeError(f"{field.model.__name__}.{field.name} cannot be compared with this: ask its BlindIndex")


def _index_of(field: SealedField) -> BlindIndex:
    for one in field.model._meta.fields:
        if isinstance(one, BlindIndex) and one.of == field.name:
            return one
    raise TypeError(f"{field.model.__name__}.{field.name} has no BlindIndex to be found by")
