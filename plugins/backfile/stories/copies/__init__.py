"""The first two layers: exact copies and near-duplicates, and how many texts are independent."""
