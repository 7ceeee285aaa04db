namespace InitDsl;

/// <summary>Given values.</summary>
internal sealed class ValuesInit(object values) : Init
{
    private readonly GivenValues given = new(values, "Values");

    internal override Term Term => Term.Call(nameof(Dsl.Values), given);

    internal override Resolution Resolve(ResolutionContext context) =>
        given.Read(context, out double[] numbers) is { } problem ? problem : new ValuesLaw(numbers);
}
