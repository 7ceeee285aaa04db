namespace InitDsl;

/// <summary>Writing over other values, and writing again, gives the same values.</summary>
internal sealed class Idempotent : Property
{
    internal override InitProperties Kind => InitProperties.Idempotence;

    internal override bool ComparesDraws => true;

    internal override IEnumerable<InitLawFailure> Check(Sample sample) =>
        Unlike(sample, sample.Subject.DrawOver(sample.Seed), "over memory that held other values, the values are others");
}
