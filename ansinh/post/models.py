"""Postal items, both ways."""

from ansinh.post.models_incoming import IncomingItem as IncomingItem
from ansinh.post.models_incoming import IncomingScan as IncomingScan
from ansinh.post.models_incoming import IncomingState as IncomingState
from ansinh.post.models_outgoing import OutgoingItem as OutgoingItem
from ansinh.post.models_outgoing import OutgoingState as OutgoingState
