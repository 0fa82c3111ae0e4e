"""The database takes no record by hand over an order: its money would be paid beside what the new result pays."""

from typing import Final

from django.db import migrations

NOT_BY_HAND: Final = """
CREATE OR REPLACE FUNCTION casework_reversal_of_replaced() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_appliedeffect effect
        JOIN casework_reopening opened ON opened.decision_id = effect.decision_id
        JOIN dossiers_dossier dossier ON dossier.id = effect.dossier_id
        WHERE effect.id = NEW.effect_id AND dossier.id = NEW.dossier_id AND dossier.reopened_at = opened.at
            AND NEW.decision_id IS DISTINCT FROM effect.decision_id
            AND (NEW.decision_id IS NOT NULL OR dossier.closed_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'only effects of the result that is looked at again are undone'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.decision_id IS NULL AND EXISTS (
        SELECT FROM casework_appliedeffect WHERE id = NEW.effect_id AND does IN ('payment_order_out', 'payment_order_in')
    ) THEN
        RAISE EXCEPTION 'money is set off by the signature, never said to be undone by hand'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BY_HAND: Final = """
CREATE OR REPLACE FUNCTION casework_reversal_of_replaced() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_appliedeffect effect
        JOIN casework_reopening opened ON opened.decision_id = effect.decision_id
        JOIN dossiers_dossier dossier ON dossier.id = effect.dossier_id
        WHERE effect.id = NEW.effect_id AND dossier.id = NEW.dossier_id AND dossier.reopened_at = opened.at
            AND NEW.decision_id IS DISTINCT FROM effect.decision_id
            AND (NEW.decision_id IS NOT NULL OR dossier.closed_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'only effects of the result that is looked at again are undone'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0052_complaints_from_afar")]

    operations = [migrations.RunSQL(NOT_BY_HAND, BY_HAND)]
