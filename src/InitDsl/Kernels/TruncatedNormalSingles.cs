using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="TruncatedNormalDraws.Singles"/> on vectors.</summary>
internal readonly struct TruncatedNormalSingles(TruncatedNormalDraws.Singles law) : IKernel<int, float>
{
    private readonly TruncatedNormalDraws.Singles law = law;

    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct
    {
        buffer.Run<TLanes, TBits, TReal, int, float, BeginLogarithm>(new(law));
        buffer.Run<TLanes, TBits, TReal, int, float, EndLogarithm>(default);
        buffer.Run<TLanes, TBits, TReal, int, float, BeginQuantile>(default);
        if (law.HasTails)
        {
            buffer.Run<TLanes, TBits, TReal, int, float, Anywhere>(new(law));
        }
        else
        {
            buffer.Run<TLanes, TBits, TReal, int, float, Centre>(new(law));
        }
    }

    /// <summary>Leaves the product of p and q, and the beginning of its logarithm in the notes.</summary>
    private readonly struct BeginLogarithm(TruncatedNormalDraws.Singles law) : IPass<int, float>
    {
        private readonly Coordinates coordinates = new(law);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            coordinates.Tails<TLanes, TBits, TReal>(place.EvenWords, out TReal p, out TReal q);
            TReal product = TLanes.Multiply(p, q);
            place.Even = product;
            place.EvenNote = SingleLanes<TLanes, TBits, TReal>.BeginningOfLog(product);
            coordinates.Tails<TLanes, TBits, TReal>(place.OddWords, out p, out q);
            product = TLanes.Multiply(p, q);
            place.Odd = product;
            place.OddNote = SingleLanes<TLanes, TBits, TReal>.BeginningOfLog(product);
        }
    }

    /// <summary>Leaves w.</summary>
    private readonly struct EndLogarithm : IPass<int, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            place.Even = NormalQuantileLanes<TLanes, TBits, TReal>.EndOfLogarithm(place.Even, place.EvenNote);
            place.Odd = NormalQuantileLanes<TLanes, TBits, TReal>.EndOfLogarithm(place.Odd, place.OddNote);
        }
    }

    /// <summary>Leaves the beginning of the centre's polynomial in the notes.</summary>
    private readonly struct BeginQuantile : IPass<int, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            place.EvenNote = NormalQuantileLanes<TLanes, TBits, TReal>.BeginningOfCentre(place.Even);
            place.OddNote = NormalQuantileLanes<TLanes, TBits, TReal>.BeginningOfCentre(place.Odd);
        }
    }

    /// <summary>The values of a law that has no tails.</summary>
    private readonly struct Centre(TruncatedNormalDraws.Singles law) : IPass<int, float>
    {
        private readonly Coordinates coordinates = new(law);
        private readonly Scaling scaling = new(law);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal even = NormalQuantileLanes<TLanes, TBits, TReal>.EndOfCentre(
                coordinates.X<TLanes, TBits, TReal>(place.EvenWords), place.Even, place.EvenNote);
            TReal odd = NormalQuantileLanes<TLanes, TBits, TReal>.EndOfCentre(
                coordinates.X<TLanes, TBits, TReal>(place.OddWords), place.Odd, place.OddNote);
            place.Finish(scaling.Value<TLanes, TBits, TReal>(even), scaling.Value<TLanes, TBits, TReal>(odd));
        }
    }

    /// <summary>The values of a law that has tails.</summary>
    private readonly struct Anywhere(TruncatedNormalDraws.Singles law) : IPass<int, float>
    {
        private readonly Coordinates coordinates = new(law);
        private readonly Scaling scaling = new(law);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal even = Z<TLanes, TBits, TReal>(place.EvenWords, place.Even, place.EvenNote);
            TReal odd = Z<TLanes, TBits, TReal>(place.OddWords, place.Odd, place.OddNote);
            place.Finish(scaling.Value<TLanes, TBits, TReal>(even), scaling.Value<TLanes, TBits, TReal>(odd));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TReal Z<TLanes, TBits, TReal>(TBits words, TReal w, TReal note)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal x = coordinates.X<TLanes, TBits, TReal>(words);
            coordinates.Tails<TLanes, TBits, TReal>(words, out TReal p, out TReal q);
            return NormalQuantileLanes<TLanes, TBits, TReal>.WithTails(NormalQuantileLanes<TLanes, TBits, TReal>.EndOfCentre(x, w, note), p, q, x);
        }
    }

    /// <summary>The three straight lines in k.</summary>
    private readonly struct Coordinates(TruncatedNormalDraws.Singles law)
    {
        private readonly float pBase = law.PBase;
        private readonly float qBase = law.QBase;
        private readonly float xBase = law.XBase;
        private readonly float step = law.Step;
        private readonly float xStep = law.XStep;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Tails<TLanes, TBits, TReal>(TBits words, out TReal p, out TReal q)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TBits k = TLanes.ShiftRight(words, 1);
            TReal fromBelow = TLanes.ToReal(k);
            TReal fromAbove = TLanes.ToReal(TLanes.Xor(k, TLanes.All(int.MaxValue)));
            p = TLanes.Add(TLanes.All(pBase), TLanes.Multiply(fromBelow, TLanes.All(step)));
            q = TLanes.Add(TLanes.All(qBase), TLanes.Multiply(fromAbove, TLanes.All(step)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TReal X<TLanes, TBits, TReal>(TBits words)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct =>
            TLanes.Add(TLanes.All(xBase), TLanes.Multiply(TLanes.ToReal(TLanes.ShiftRight(words, 1)), TLanes.All(xStep)));
    }

    private readonly struct Scaling(TruncatedNormalDraws.Singles law)
    {
        private readonly float mean = law.Mean;
        private readonly float std = law.Std;
        private readonly float low = law.Low;
        private readonly float high = law.High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TReal Value<TLanes, TBits, TReal>(TReal z)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal value = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), z));
            return TLanes.AtMost(TLanes.AtLeast(value, TLanes.All(low)), TLanes.All(high));
        }
    }
}
