namespace InitDsl;

/// <summary>Order, chunks, neighbours and the place in memory change no value.</summary>
internal sealed class OrderFree : Property
{
    internal override InitProperties Kind => InitProperties.Order;

    internal override bool ComparesDraws => true;

    internal override IEnumerable<InitLawFailure> Check(Sample sample) =>
        Unlike(sample, sample.Subject.DrawRearranged(sample.Seed), "in another order, in other chunks or elsewhere in memory the values are others");
}
