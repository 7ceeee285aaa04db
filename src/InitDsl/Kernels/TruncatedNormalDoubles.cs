using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="TruncatedNormalDraws.Doubles"/> on vectors.</summary>
internal readonly struct TruncatedNormalDoubles(TruncatedNormalDraws.Doubles law) : IKernel<long, double>
{
    private readonly TruncatedNormalDraws.Doubles law = law;

    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        buffer.Run<TLanes, TBits, TReal, long, double, BeginLogarithm>(new(law));
        buffer.Run<TLanes, TBits, TReal, long, double, EndLogarithm>(default);
        buffer.Run<TLanes, TBits, TReal, long, double, BeginQuantile>(default);
        if (law.HasTails)
        {
            buffer.Run<TLanes, TBits, TReal, long, double, Anywhere>(new(law));
        }
        else
        {
            buffer.Run<TLanes, TBits, TReal, long, double, Centre>(new(law));
        }
    }

    /// <summary>Leaves the product of p and q, and the beginning of its logarithm in the notes.</summary>
    private readonly struct BeginLogarithm(TruncatedNormalDraws.Doubles law) : IPass<long, double>
    {
        private readonly Coordinates coordinates = new(law);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            coordinates.Tails<TLanes, TBits, TReal>(place.EvenWords, out TReal p, out TReal q);
            TReal product = NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Product(p, q);
            place.Even = product;
            place.EvenNote = DoubleLanes<TLanes, TBits, TReal>.BeginningOfLog(product);
            coordinates.Tails<TLanes, TBits, TReal>(place.OddWords, out p, out q);
            product = NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Product(p, q);
            place.Odd = product;
            place.OddNote = DoubleLanes<TLanes, TBits, TReal>.BeginningOfLog(product);
        }
    }

    /// <summary>Leaves w.</summary>
    private readonly struct EndLogarithm : IPass<long, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            place.Even = DoubleLanes<TLanes, TBits, TReal>.EndOfLog(place.Even, place.EvenNote, 0);
            place.Odd = DoubleLanes<TLanes, TBits, TReal>.EndOfLog(place.Odd, place.OddNote, 0);
        }
    }

    /// <summary>Leaves the numerator of the centre's ratio in the notes.</summary>
    private readonly struct BeginQuantile : IPass<long, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            place.EvenNote = NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Numerator(place.Even);
            place.OddNote = NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Numerator(place.Odd);
        }
    }

    /// <summary>The values of a law that has no tails.</summary>
    private readonly struct Centre(TruncatedNormalDraws.Doubles law) : IPass<long, double>
    {
        private readonly Coordinates coordinates = new(law);
        private readonly Scaling scaling = new(law);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal even = NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Centre(
                coordinates.X<TLanes, TBits, TReal>(place.EvenWords), place.Even, place.EvenNote);
            TReal odd = NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Centre(
                coordinates.X<TLanes, TBits, TReal>(place.OddWords), place.Odd, place.OddNote);
            place.Finish(scaling.Value<TLanes, TBits, TReal>(even), scaling.Value<TLanes, TBits, TReal>(odd));
        }
    }

    /// <summary>The values of a law that has tails.</summary>
    private readonly struct Anywhere(TruncatedNormalDraws.Doubles law) : IPass<long, double>
    {
        private readonly Coordinates coordinates = new(law);
        private readonly Scaling scaling = new(law);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal even = Z<TLanes, TBits, TReal>(place.EvenWords, place.Even, place.EvenNote);
            TReal odd = Z<TLanes, TBits, TReal>(place.OddWords, place.Odd, place.OddNote);
            place.Finish(scaling.Value<TLanes, TBits, TReal>(even), scaling.Value<TLanes, TBits, TReal>(odd));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TReal Z<TLanes, TBits, TReal>(TBits words, TReal w, TReal note)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal x = coordinates.X<TLanes, TBits, TReal>(words);
            coordinates.Tails<TLanes, TBits, TReal>(words, out TReal p, out TReal q);
            return NormalQuantileDoubleLanes<TLanes, TBits, TReal>.WithTails(NormalQuantileDoubleLanes<TLanes, TBits, TReal>.Centre(x, w, note), p, q, x);
        }
    }

    /// <summary>The three straight lines in k.</summary>
    private readonly struct Coordinates(TruncatedNormalDraws.Doubles law)
    {
        private readonly double pBase = law.PBase;
        private readonly double qBase = law.QBase;
        private readonly double xBase = law.XBase;
        private readonly double step = law.Step;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Tails<TLanes, TBits, TReal>(TBits words, out TReal p, out TReal q)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TBits k = TLanes.ShiftRight(words, 11);
            TReal below = TLanes.Multiply(TLanes.ToReal(k), TLanes.All(step));
            TReal above = TLanes.Multiply(TLanes.ToReal(TLanes.Xor(k, TLanes.All((1L << 53) - 1))), TLanes.All(step));
            p = TLanes.Add(TLanes.All(pBase), below);
            q = TLanes.Add(TLanes.All(qBase), above);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TReal X<TLanes, TBits, TReal>(TBits words)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal below = TLanes.Multiply(TLanes.ToReal(TLanes.ShiftRight(words, 11)), TLanes.All(step));
            return TLanes.Add(TLanes.All(xBase), TLanes.Add(below, below));
        }
    }

    private readonly struct Scaling(TruncatedNormalDraws.Doubles law)
    {
        private readonly double mean = law.Mean;
        private readonly double std = law.Std;
        private readonly double low = law.Low;
        private readonly double high = law.High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TReal Value<TLanes, TBits, TReal>(TReal z)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal value = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), z));
            return TLanes.AtMost(TLanes.AtLeast(value, TLanes.All(low)), TLanes.All(high));
        }
    }
}
