"""What effects were given (accounts, numbers of relatives) is sealed for its row (decision 0016)."""

from django.db import migrations, models

from ansinh.platform.audit import fixed_but
from ansinh.platform.sealed_fields.convert import seal_column, written_anew
from ansinh.platform.sealed_fields.fields import SealedJSON

# The table is still never rewritten: only its sealed column may be sealed anew, by the owner.
_UNGUARD = "DROP TRIGGER casework_appliedeffect_append_only ON casework_appliedeffect"
_GUARD = """
CREATE TRIGGER casework_appliedeffect_append_only BEFORE UPDATE OR DELETE ON casework_appliedeffect
    FOR EACH ROW EXECUTE FUNCTION ansinh_append_only()
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_effects"), ("platform", "0003_signed_actor")]

    operations = [
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(_UNGUARD, _GUARD),
        migrations.RenameField("appliedeffect", "inputs", "open_inputs"),
        migrations.AddField(
            "appliedeffect",
            "inputs",
            SealedJSON(kind="declared", help_text="as they were resolved at the signature"),
        ),
        # Undone, the column comes back empty before the inputs are opened into it.
        migrations.AlterField("appliedeffect", "open_inputs", models.JSONField(default=dict)),
        seal_column("casework", "AppliedEffect", "inputs", plain="open_inputs"),
        migrations.RemoveField("appliedeffect", "open_inputs"),
        fixed_but("casework_appliedeffect", sealed=["inputs"]),
        written_anew("casework_appliedeffect"),
    ]
