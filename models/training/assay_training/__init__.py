"""The recipes of the ensemble: a frozen backbone whose features are computed once, and heads on them."""
