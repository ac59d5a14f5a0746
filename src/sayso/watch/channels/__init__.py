"""The ways to tell people: a module each, with one function that sends a message or raises `NotSent`. Listed in `senders.sender_for`."""
