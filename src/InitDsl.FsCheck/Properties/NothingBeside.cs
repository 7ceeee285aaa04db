namespace InitDsl;

/// <summary>Nothing beside the parameters is written.</summary>
internal sealed class NothingBeside : Property
{
    internal override InitProperties Kind => InitProperties.Order;

    internal override IEnumerable<InitLawFailure> Check(Sample sample) =>
        sample.Subject.Strays(sample.Seed).Select(stray => sample.Failure(Kind, "", stray));
}
