namespace InitDsl;

/// <summary>Uniform between ± a bound that is a function of the fan-in: SIREN's layers.</summary>
internal sealed class FanInUniformInit(Term term, Func<double, double> bound, Fans? fans = null) : Init
{
    public override Init WithFans(Fans fans) => new FanInUniformInit(term.Then(nameof(WithFans), fans), bound, fans);

    internal override Term Term => term;

    internal override Resolution Resolve(ResolutionContext context)
    {
        if (FanLookup.Of(this, context, fans, out FanCount count) is { } none)
        {
            return none;
        }

        if (!(count.In > 0))
        {
            return new Problem($"{this} divides by the fan-in, which is 0.", "Give the layer a size, or write Zeros for it.");
        }

        double half = bound(count.In);
        return ((Resolution)new UniformLaw(-half, half)).From(count);
    }
}
