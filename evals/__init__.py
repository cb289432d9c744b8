"""How good it is: figures on sets that ship with the project, held to floors."""
