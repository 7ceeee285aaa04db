namespace InitDsl;

/// <summary>Fills a range of a filler's values, in either precision.</summary>
internal delegate void RangeFill<T>(long start, Span<T> destination);

/// <summary>Another filler's values where a mask keeps them, one number elsewhere.</summary>
internal sealed class MaskedFiller(MaskedLaw law, Filler inner) : Filler
{
    private readonly int components = law.Components;

    public override void Fill(long start, Span<float> destination)
    {
        inner.Fill(start, destination);
        Put(start, destination, (float)law.Elsewhere);
    }

    public override void Fill(long start, Span<double> destination)
    {
        inner.Fill(start, destination);
        Put(start, destination, law.Elsewhere);
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) =>
        new MaskedFiller(law, inner.Prepare(dtype, run, maxThreads, watch));

    private void Put<T>(long start, Span<T> destination, T elsewhere)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = law.Mask[(start + i) / components] ? destination[i] : elsewhere;
        }
    }
}

/// <summary>Several fillers, one run of elements after the other.</summary>
internal sealed class SlicedFiller : Filler
{
    private readonly SlicedLaw law;
    private readonly Filler[] fillers;
    private readonly long[] ends;

    internal SlicedFiller(SlicedLaw law, StreamKey stream)
        : this(law, [.. law.Slices.Select(slice => Of(slice.Law, stream.Slice(slice.Name)))])
    {
    }

    private SlicedFiller(SlicedLaw law, Filler[] fillers)
    {
        this.law = law;
        this.fillers = fillers;
        ends = new long[fillers.Length];
        long end = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = end += law.Slices[i].Elements * law.Components;
        }
    }

    public override void Fill(long start, Span<float> destination) => Fill(start, destination, slice => fillers[slice].Fill);

    public override void Fill(long start, Span<double> destination) => Fill(start, destination, slice => fillers[slice].Fill);

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch)
    {
        var prepared = new Filler[fillers.Length];
        int components = (int)law.Components;
        bool whole = run.Length == ends[^1] / components * dtype.Size();
        long begin = 0;
        for (int i = 0; i < prepared.Length; begin = ends[i++])
        {
            Span<byte> slice = whole
                ? run[(int)(begin / components * dtype.Size())..(int)(ends[i] / components * dtype.Size())]
                : default;
            prepared[i] = fillers[i].Prepare(dtype, slice, maxThreads, watch.Part(i, prepared.Length));
        }

        return new SlicedFiller(law, prepared);
    }

    private void Fill<T>(long start, Span<T> destination, Func<int, RangeFill<T>> fillOf)
    {
        long begin = 0;
        for (int slice = 0; slice < ends.Length; begin = ends[slice++])
        {
            long from = Math.Max(begin, start);
            long end = Math.Min(ends[slice], start + destination.Length);
            if (from < end)
            {
                fillOf(slice)(from - begin, destination.Slice((int)(from - start), (int)(end - from)));
            }
        }
    }
}

/// <summary>Another filler's rows, each several times.</summary>
internal sealed class RepeatedFiller(RepeatedLaw law, Filler inner) : Filler
{
    private readonly long rowLength = law.RowLength * law.Components;

    public override void Fill(long start, Span<float> destination) => Fill(start, destination, inner.Fill);

    public override void Fill(long start, Span<double> destination) => Fill(start, destination, inner.Fill);

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) =>
        new RepeatedFiller(law, inner.Prepare(dtype, default, maxThreads, watch));

    private void Fill<T>(long start, Span<T> destination, RangeFill<T> fill)
    {
        while (!destination.IsEmpty)
        {
            (long row, long column) = Math.DivRem(start, rowLength);
            int length = (int)Math.Min(rowLength - column, destination.Length);
            fill((row / law.Times * rowLength) + column, destination[..length]);
            start += length;
            destination = destination[length..];
        }
    }
}

/// <summary>A filler's values at one position of the kernel, each number of an element apart.</summary>
internal sealed class CentredFiller(CentredLaw law, Filler matrix) : Filler
{
    private const int Chunk = 1024;
    private readonly int components = law.Components;

    public override void Fill(long start, Span<float> destination) => Fill(start, destination, matrix.Fill);

    public override void Fill(long start, Span<double> destination) => Fill(start, destination, matrix.Fill);

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) =>
        new CentredFiller(law, matrix.Prepare(dtype, default, maxThreads, watch));

    private void Fill<T>(long start, Span<T> destination, RangeFill<T> fill)
        where T : unmanaged
    {
        destination.Clear();
        long end = start + destination.Length;
        Span<T> buffer = stackalloc T[Chunk];

        // The elements of the matrix that lie in the range, with those that it cuts in two.
        long first = Before(start / components);
        long last = Before((end + components - 1) / components);
        for (long done = first; done < last; done += Chunk / 2)
        {
            int elements = (int)Math.Min(Chunk / 2, last - done);
            Span<T> values = buffer[..(elements * components)];
            fill(done * components, values);
            for (int i = 0; i < values.Length; i++)
            {
                long element = done + (i / components);
                long place = (((element * law.Kernel) + law.Position) * components) + (i % components);
                if (place >= start && place < end)
                {
                    destination[(int)(place - start)] = values[i];
                }
            }
        }
    }

    /// <summary>How many elements of the matrix lie before an element of the parameter.</summary>
    private long Before(long element) => Math.Max(0, (element - law.Position + law.Kernel - 1) / law.Kernel);
}
