#load "deeper/inner.csx"
string Outer() => "outer " + Inner();
