namespace InitDsl;

/// <summary>An argument that is written with the name of its parameter, as <c>partial: true</c>.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">What it is given.</param>
internal sealed record NamedArgument(string Name, object Value);
