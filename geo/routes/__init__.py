"""Routes: roads and corridors with dated states."""

from geo.routes.states import derive_states

__all__ = ["derive_states"]
