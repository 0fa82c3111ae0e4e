"""Who works where and with which rights: assign, delegate, stand in, look after units; each with dates and history."""
