"""Every case of the Python clients, or those whose line has the word that is given."""

import sys

import suite

for module in sys.argv.pop(1).split(","):
    __import__(module)

suite.run()
