"""The role that the program connects as: it owns nothing, passes no wall and is granted only what pages and jobs do."""

from __future__ import annotations

from typing import Final

APPLICATION: Final = "ansinh_application"

MAKE: Final = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ansinh_application') THEN
        BEGIN
            CREATE ROLE ansinh_application NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- roles are the server's: another was first
        END;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ansinh_application' AND (rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'ansinh_application must not be a superuser or pass row security: ALTER ROLE it first';
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        BEGIN
            GRANT ansinh_application TO CURRENT_USER;  -- so that the owner's address may SET ROLE to it
        EXCEPTION WHEN insufficient_privilege THEN NULL;  -- an administrator made the role and granted it
        END;
    END IF;
END $$;
"""
"""Makes the role where the owner may; an administrator may have made it before (README)."""

GRANT: Final = """
GRANT USAGE ON SCHEMA public TO ansinh_application;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ansinh_application;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ansinh_application;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ansinh_application;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ansinh_application;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ansinh_application;
"""
"""Tables of today and of later; which migrations ran is not the program's to change."""

ONLY_ADD: Final = """
DO $$ DECLARE found text; BEGIN
    FOR found IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgfoid = 'ansinh_append_only'::regproc LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM ansinh_application', found);
    END LOOP;
END $$;
"""
"""Tables that only grow (`audit.append_only`) are not even granted a change."""

TAKE_BACK: Final = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM ansinh_application;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM ansinh_application;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ansinh_application;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ansinh_application;
REVOKE ALL ON SCHEMA public FROM ansinh_application;
"""
