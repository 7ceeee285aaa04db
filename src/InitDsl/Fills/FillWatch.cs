namespace InitDsl;

/// <summary>Whoever waits for values whose making takes long before the first can be written: hears how far it is, and may
/// stop it.</summary>
internal abstract class FillWatch
{
    /// <summary>Nobody waits.</summary>
    internal static FillWatch None { get; } = new Nobody();

    /// <summary>Comes before the parameter's memory is written; whoever stops the work throws.</summary>
    internal abstract void Touch();

    /// <summary>A piece of the work is done; whoever stops the rest throws. Called on the thread that began it.</summary>
    /// <param name="share">How much of the work is done, from 0 to 1; it never falls.</param>
    internal abstract void Advance(double share);

    /// <summary>The same for one of several works that follow one another.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="count">How many there are, all as large.</param>
    internal FillWatch Part(int index, int count) => count == 1 ? this : new OfPart(this, index, count);

    private sealed class Nobody : FillWatch
    {
        internal override void Touch()
        {
        }

        internal override void Advance(double share)
        {
        }
    }

    private sealed class OfPart(FillWatch whole, int index, int count) : FillWatch
    {
        internal override void Touch() => whole.Touch();

        internal override void Advance(double share) => whole.Advance((index + share) / count);
    }
}
