"""Training: the weights of tagger and ranker, learnt from articles in which people have marked the places."""
