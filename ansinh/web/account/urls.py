"""Addresses of an account's doors."""

from __future__ import annotations

from django.urls import path

from ansinh.web.account import app_setup, doors, passkeys, password, recovery, session_list, step_up

app_name = "doors"

urlpatterns = [
    path("tai-khoan/dang-nhap", doors.doors, name="home"),
    path("tai-khoan/phien", session_list.session_list, name="sessions"),
    path("tai-khoan/mat-khau", password.password, name="password"),
    path("tai-khoan/khoa/them", passkeys.add, name="add-passkey"),
    path("tai-khoan/khoa/<uuid:passkey_id>", passkeys.change, name="passkey"),
    path("tai-khoan/ung-dung-xac-thuc", app_setup.set_up, name="set-up-app"),
    path("tai-khoan/ung-dung-xac-thuc/bo", app_setup.remove, name="remove-app"),
    path("tai-khoan/ma-du-phong", recovery.codes, name="recovery-codes"),
    path("xac-nhan-lai/xong", step_up.unlocked, name="unlocked"),
    path("xac-nhan-lai", step_up.step_up, name="step-up"),
]
