"""Payment orders: what the agency pays to a person, and what a person pays to the agency."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import SealedText
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT


class OrderState(models.TextChoices):
    """Life of an order; which of them an order in or out can have stands in `orders.MOVES`."""

    AWAITING = "awaiting", "Chờ nộp tiền"
    EXPIRED = "expired", "Đã quá hạn nộp"
    READY = "ready", "Chờ chi"
    BATCHED = "batched", "Đã lập danh sách, chờ duyệt"
    SENT = "sent", "Đã gửi ngân hàng"
    RETURNED = "returned", "Ngân hàng trả lại"
    PAID = "paid", "Đã xong"
    CANCELLED = "cancelled", "Đã hủy"


IN_STATES = (OrderState.AWAITING, OrderState.EXPIRED, OrderState.PAID, OrderState.CANCELLED)
OUT_STATES = (
    OrderState.READY, OrderState.BATCHED, OrderState.SENT, OrderState.RETURNED, OrderState.PAID, OrderState.CANCELLED,
)  # fmt: skip
GONE = (OrderState.EXPIRED, OrderState.CANCELLED)


class BatchState(models.TextChoices):
    """Life of a file of orders for the bank."""

    PREPARED = "prepared", "Đã lập, chờ người thứ hai duyệt"
    APPROVED = "approved", "Đã duyệt lần một, có lệnh lớn nên chờ người thứ ba duyệt"
    RELEASED = "released", "Đã duyệt, gửi ngân hàng"
    ANSWERED = "answered", "Ngân hàng đã trả lời đủ"
    CANCELLED = "cancelled", "Đã hủy"


class Batch(models.Model):
    """Orders that go to the bank in one file: prepared by one officer, released by another.

    With an order above the limit of its day (`ReleaseLimit`) a third officer releases what the second approved.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=35, unique=True)
    office_code = models.CharField(max_length=5)
    state = models.CharField(max_length=9, choices=BatchState.choices, default=BatchState.PREPARED)
    bank = models.CharField(max_length=6, help_text="of the agency's account that pays")
    account = models.CharField(max_length=19)
    count = models.PositiveIntegerField()
    total = models.BigIntegerField(help_text="đồng")
    sha256 = models.CharField(max_length=64, help_text="of the file as it was prepared; what is released is this one")
    prepared_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True, help_text="first release of a file with a large order")
    released_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="answered or cancelled")
    payroll = models.ForeignKey(
        "payments.Payroll", null=True, blank=True, on_delete=models.PROTECT, related_name="batches",
        help_text="of which monthly list its orders are",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[BatchState.RELEASED, BatchState.ANSWERED])
                | (Q(released_by__isnull=False, released_at__isnull=False) & ~Q(released_by=F("prepared_by"))),
                name="batch_released_by_another",
                violation_error_message="Người lập danh sách chi không tự duyệt được.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_by=F("prepared_by"))
                & (Q(released_by__isnull=True) | ~Q(approved_by=F("released_by"))),
                name="batch_approved_by_a_third",
                violation_error_message="Người duyệt lần một phải khác người lập và người duyệt lần hai.",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.APPROVED) | Q(approved_by__isnull=False),
                name="approved_batch_says_by_whom",
                violation_error_message="Danh sách chi đã duyệt lần một phải ghi ai duyệt.",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1, total__gte=1),
                name="batch_pays_somebody",
                violation_error_message="Danh sách chi phải có ít nhất một lệnh.",
            ),
        ]
        ordering = ["-prepared_at"]

    def __str__(self) -> str:
        return self.number


class Order(models.Model):
    """One sum between the agency and one person or organisation; its history is in `OrderEvent`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160, help_text="what it is for; one living order for each")
    code = models.CharField(max_length=16, unique=True, help_text="stands in the transfer's text")
    direction = models.CharField(max_length=3, choices=[("in", "Thu"), ("out", "Chi")])
    state = models.CharField(max_length=9, choices=OrderState.choices)
    amount = models.BigIntegerField(help_text="đồng")
    account = models.CharField(max_length=40, help_text="key in the chart: what is credited (in) or was debited (out)")
    purpose_vi = models.CharField(max_length=200)
    purpose_en = models.CharField(max_length=200)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    office_code = models.CharField(max_length=5)
    owner_id = models.UUIDField(null=True, blank=True, help_text="the person or organisation; empty: an unknown payer")
    name = models.CharField(max_length=100, help_text="who pays or is paid")
    period_from = models.DateField(null=True, blank=True, help_text="first day of what is paid for")
    period_to = models.DateField(null=True, blank=True, help_text="last day of it")
    due_on = models.DateField(null=True, blank=True, help_text="last day to pay it; out: of a benefit")
    method = models.CharField(max_length=4, choices=[("bank", "Chuyển khoản"), ("cash", "Tiền mặt")], default="bank")
    bank = models.CharField(max_length=6, blank=True, help_text="where the money goes: ours (in), the person's (out)")
    number = SealedText(kind=BANK_ACCOUNT, beside=("bank",))
    holder = models.CharField(max_length=100, blank=True)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    rounds = models.PositiveSmallIntegerField(default=0, help_text="how often it was put into a file for the bank")
    bank_reference = models.CharField(max_length=64, blank=True)
    returned_because = models.CharField(max_length=140, blank=True, help_text="as the bank says it")
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(state__in=GONE),
                name="one_living_order_for_each_matter",
                violation_error_message="Khoản này đã có lệnh thu, chi.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=10**13),
                name="order_has_amount",
                violation_error_message="Lệnh thu, chi phải có số tiền lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(direction="in", state__in=IN_STATES) | Q(direction="out", state__in=OUT_STATES),
                name="order_state_fits_direction",
                violation_error_message="Trạng thái không hợp với chiều của lệnh thu, chi.",
            ),
            models.CheckConstraint(
                condition=Q(direction="out") | (Q(due_on__isnull=False) & ~Q(number="")),
                name="order_in_says_where_and_until_when",
                violation_error_message="Lệnh thu phải ghi tài khoản nhận và hạn nộp.",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.PAID) | Q(paid_at__isnull=False),
                name="paid_order_has_moment",
                violation_error_message="Lệnh đã xong phải có thời điểm.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OrderState.BATCHED, OrderState.SENT])
                | (Q(batch__isnull=False, method="bank") & ~Q(number="")),
                name="order_at_the_bank_is_in_a_batch",
                violation_error_message="Lệnh gửi ngân hàng phải ở trong một danh sách chi và có số tài khoản.",
            ),
        ]
        indexes = [
            models.Index(fields=["office_code", "direction", "state", "created_at"], name="orders_of_an_office"),
            models.Index(fields=["due_on"], name="orders_to_expire", condition=Q(state=OrderState.AWAITING)),
        ]

    def __str__(self) -> str:
        return self.code


class OrderEvent(models.Model):
    """What happened to an order; only grows."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]


class NoticeState(models.TextChoices):
    """Whether a bank's notice is dealt with."""

    MATCHED = "matched", "Đã khớp lệnh"
    TO_RESOLVE = "to_resolve", "Chờ cán bộ xử lý"
    RESOLVED = "resolved", "Cán bộ đã xử lý"


class BankNotice(models.Model):
    """What a bank reported of our account, kept as it came; nothing a bank says is lost."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bank = models.CharField(max_length=6)
    reference = models.CharField(max_length=64, help_text="of the bank: the same one is booked once")
    kind = models.CharField(max_length=8, choices=[("credit", "Tiền vào"), ("returned", "Lệnh chi bị trả lại")])
    account = models.CharField(max_length=19, help_text="ours")
    amount = models.BigIntegerField(help_text="đồng")
    content = models.CharField(max_length=300, blank=True)
    payer_name = models.CharField(max_length=100, blank=True)
    payer_bank = models.CharField(max_length=6, blank=True)
    payer_account = SealedText(kind=BANK_ACCOUNT, beside=("payer_bank",))
    moved_at = models.DateTimeField(help_text="when the bank moved the money")
    received_at = models.DateTimeField()
    body_sha256 = models.CharField(max_length=64)
    office_code = models.CharField(max_length=5, help_text="whose account it is")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(max_length=10, choices=NoticeState.choices)
    problem = models.CharField(max_length=20, blank=True)
    resolution = models.CharField(max_length=10, blank=True, help_text="applied, refunded or noted")
    note = models.CharField(max_length=500, blank=True)
    resolved_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "reference"],
                condition=~Q(problem="contradicts"),
                name="bank_reference_booked_once",
                violation_error_message="Mã giao dịch ngân hàng này đã được ghi.",
            ),
            models.UniqueConstraint(
                fields=["bank", "reference", "body_sha256"],
                name="bank_notice_kept_once",
                violation_error_message="Thông báo này của ngân hàng đã được ghi.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=10**13),
                name="bank_notice_has_amount",
                violation_error_message="Thông báo của ngân hàng phải có số tiền.",
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.MATCHED, problem="") | (~Q(state=NoticeState.MATCHED) & ~Q(problem="")),
                name="notice_without_match_says_why",
                violation_error_message="Thông báo chưa khớp phải nói vì sao.",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.RESOLVED)
                | (Q(resolved_by__isnull=False, resolved_at__isnull=False) & ~Q(resolution="")),
                name="resolved_notice_says_how",
                violation_error_message="Thông báo đã xử lý phải ghi ai xử lý và cách xử lý.",
            ),
        ]
        indexes = [
            models.Index(fields=["office_code", "received_at"], name="notices_to_resolve",
                         condition=Q(state=NoticeState.TO_RESOLVE)),
        ]  # fmt: skip
