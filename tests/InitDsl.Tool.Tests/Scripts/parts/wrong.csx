
string Wrong() => 1;
