string Inner() => "inner";

void Fail(int depth)
{
    if (depth > 0) throw new InvalidOperationException($"too deep: {depth} [not markup]");
}
