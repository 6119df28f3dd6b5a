"""Events of data sets: ACLED, UCDP GED and tables of one's own come in; ACLED's columns go out."""
