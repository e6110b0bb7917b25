"""A bank account that refuses to be overdrawn."""


class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        """Put money in, and return the new balance."""
        if amount <= 0:
            raise ValueError("The amount must be positive.")
        self.balance += amount
        return self.balance

    def withdraw(self, amount):
        """Take money out, and return the new balance."""
        if amount <= 0:
            raise ValueError("The amount must be positive.")
        # Type "self." on the next line.

