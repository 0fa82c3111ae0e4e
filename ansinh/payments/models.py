"""What is kept of money: the ledger, orders, what banks reported."""

from __future__ import annotations

from ansinh.payments.models_cash import CashCount as CashCount
from ansinh.payments.models_cash import CashPayment as CashPayment
from ansinh.payments.models_cash import CashState as CashState
from ansinh.payments.models_cash import ReleaseLimit as ReleaseLimit
from ansinh.payments.models_ledger import LedgerEntry as LedgerEntry
from ansinh.payments.models_ledger import LedgerTransaction as LedgerTransaction
from ansinh.payments.models_orders import BankNotice as BankNotice
from ansinh.payments.models_orders import Batch as Batch
from ansinh.payments.models_orders import BatchState as BatchState
from ansinh.payments.models_orders import NoticeState as NoticeState
from ansinh.payments.models_orders import Order as Order
from ansinh.payments.models_orders import OrderEvent as OrderEvent
from ansinh.payments.models_orders import OrderState as OrderState
from ansinh.payments.models_payroll import Payroll as Payroll
from ansinh.payments.models_payroll import PayrollLine as PayrollLine
from ansinh.payments.models_payroll import PayrollState as PayrollState
