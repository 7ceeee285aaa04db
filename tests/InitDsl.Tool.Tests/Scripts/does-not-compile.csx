#load "parts/wrong.csx"
#load "parts/missing.csx"
int number = "text";
Unknown();
