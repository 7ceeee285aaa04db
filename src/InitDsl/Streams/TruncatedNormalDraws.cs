using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Values of a <see cref="TruncatedGaussian"/> by the inverse of its distribution function: one word (two for
/// float64), one value, whatever the bounds. With u = (k + ½)/2ⁿ, where k is the top n = 31 bits of an element's
/// word (n = 53 of its two words for float64), and Δ the mass of the interval, three straight lines in k give
/// <list type="bullet">
/// <item>p = Φ(α) + u·Δ, the probability below the value,</item>
/// <item>q = Φ(−β) + (1 − u)·Δ, the probability above it, from the complement of k so that it too is accurate
/// relative to itself,</item>
/// <item>x = 2Φ(α) − 1 + u·2Δ, the same seen from the centre,</item>
/// </list>
/// and <see cref="NormalQuantile"/> makes z of them. The value is mean + std·z in the arithmetic of the element type
/// (mean and std those of the uncut law), clamped to the bounds as rounded to that type.
/// </summary>
internal static class TruncatedNormalDraws
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="law"/> has too little mass to be drawn from.</exception>
    public static void Fill(StreamKey key, long start, Span<float> destination, TruncatedGaussian law) =>
        Fill(key, start, destination, new Singles(law));

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="law"/> has too little mass to be drawn from.</exception>
    public static void Fill(StreamKey key, long start, Span<double> destination, TruncatedGaussian law) =>
        Fill(key, start, destination, new Doubles(law));

    internal static void Fill(StreamKey key, long start, Span<float> destination, Singles law) =>
        VectorFill.Fill<int, float, Singles, TruncatedNormalSingles>(key, start, destination, law, new(law));

    internal static void Fill(StreamKey key, long start, Span<double> destination, Doubles law) =>
        VectorFill.Fill<long, double, Doubles, TruncatedNormalDoubles>(key, start, destination, law, new(law));

    /// <summary>What turns a word into a float32, with the constants a kernel needs.</summary>
    internal readonly struct Singles : IBlockLaw<float>
    {
        public Singles(TruncatedGaussian law)
        {
            Require(law);
            const double unit = 1.0 / (1L << 31);
            const double scale = 1L << NormalQuantile.SingleScale;
            double firstHalf = 0.5 * unit * law.Mass;

            PBase = (float)((StandardNormal.Cdf(law.Alpha) + firstHalf) * scale);
            QBase = (float)((StandardNormal.UpperTail(law.Beta) + firstHalf) * scale);
            XBase = (float)(StandardNormal.Central(law.Alpha) + (2 * firstHalf));
            Step = (float)(law.Mass * unit * scale);
            XStep = (float)(2 * law.Mass * unit);
            Mean = (float)law.UncutMean;
            Std = (float)law.UncutStd;
            Low = (float)law.Low;
            High = (float)law.High;
            HasTails = MayLeaveCentre(law);
        }

        public static int ElementsPerBlock => 4;

        /// <summary>p at k = 0, times 2^<see cref="NormalQuantile.SingleScale"/>.</summary>
        public float PBase { get; }

        /// <summary>q at k = 2³¹ − 1, times 2^<see cref="NormalQuantile.SingleScale"/>.</summary>
        public float QBase { get; }

        /// <summary>x at k = 0.</summary>
        public float XBase { get; }

        /// <summary>What one k adds to p and takes from q, times 2^<see cref="NormalQuantile.SingleScale"/>.</summary>
        public float Step { get; }

        /// <summary>What one k adds to x.</summary>
        public float XStep { get; }

        public float Mean { get; }

        public float Std { get; }

        public float Low { get; }

        public float High { get; }

        /// <summary>Whether a value may lie in the tails of <see cref="NormalQuantile"/>.</summary>
        public bool HasTails { get; }

        /// <summary>The standard normal value behind <see cref="Value"/>, before it is scaled and clamped.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Z(uint word)
        {
            float fromBelow = (float)(int)(word >> 1);
            float fromAbove = (float)(int)(~word >> 1);
            return NormalQuantile.Of(
                PBase + (fromBelow * Step),
                QBase + (fromAbove * Step),
                XBase + (fromBelow * XStep));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Value(uint word)
        {
            float value = Mean + (Std * Z(word));
            value = value < Low ? Low : value;
            return value > High ? High : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<float> destination)
        {
            destination[3] = Value(words.W3);
            destination[0] = Value(words.W0);
            destination[1] = Value(words.W1);
            destination[2] = Value(words.W2);
        }
    }

    /// <summary>What turns two words into a float64, with the constants a kernel needs.</summary>
    internal readonly struct Doubles : IBlockLaw<double>
    {
        private const ulong Mask = (1UL << 53) - 1;

        public Doubles(TruncatedGaussian law)
        {
            Require(law);
            const double unit = 1.0 / (1L << 53);
            double firstHalf = 0.5 * unit * law.Mass;

            PBase = StandardNormal.Cdf(law.Alpha) + firstHalf;
            QBase = StandardNormal.UpperTail(law.Beta) + firstHalf;
            XBase = StandardNormal.Central(law.Alpha) + (2 * firstHalf);
            Step = law.Mass * unit;
            Mean = law.UncutMean;
            Std = law.UncutStd;
            Low = law.Low;
            High = law.High;
            HasTails = MayLeaveCentre(law);
        }

        public static int ElementsPerBlock => 2;

        /// <summary>p at k = 0.</summary>
        public double PBase { get; }

        /// <summary>q at k = 2⁵³ − 1.</summary>
        public double QBase { get; }

        /// <summary>x at k = 0.</summary>
        public double XBase { get; }

        /// <summary>What one k adds to p and takes from q; twice that is what it adds to x.</summary>
        public double Step { get; }

        public double Mean { get; }

        public double Std { get; }

        public double Low { get; }

        public double High { get; }

        /// <summary>Whether a value may lie in the tails of <see cref="NormalQuantile"/>.</summary>
        public bool HasTails { get; }

        /// <summary>The standard normal value behind <see cref="Value"/>, before it is scaled and clamped.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Z(ulong words)
        {
            ulong k = words >> 11;
            double below = (double)(long)k * Step;
            double above = (double)(long)(Mask - k) * Step;
            return NormalQuantile.Of(PBase + below, QBase + above, XBase + (below + below));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Value(ulong words)
        {
            double value = Mean + (Std * Z(words));
            value = value < Low ? Low : value;
            return value > High ? High : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<double> destination)
        {
            destination[1] = Value(words.High64);
            destination[0] = Value(words.Low64);
        }
    }

    // 4pq is least at one of the bounds.
    private static bool MayLeaveCentre(TruncatedGaussian law)
    {
        double atLow = StandardNormal.Cdf(law.Alpha) * StandardNormal.UpperTail(law.Alpha);
        double atHigh = StandardNormal.Cdf(law.Beta) * StandardNormal.UpperTail(law.Beta);
        return NormalQuantile.MayLeaveCentre(4 * Math.Min(atLow, atHigh));
    }

    private static void Require(TruncatedGaussian law)
    {
        ArgumentNullException.ThrowIfNull(law);
        if (!law.CanBeDrawn)
        {
            throw new ArgumentException(
                $"The interval from {law.Low:R} to {law.High:R} holds {law.Mass:R} of the law, less than {TruncatedGaussian.SmallestMass:R}.", nameof(law));
        }
    }
}
