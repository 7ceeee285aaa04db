namespace InitDsl;

/// <summary>Laws that are made of others: what the composition promises, and its parts by their own checks.</summary>
internal static class CompositionCheck
{
    internal static IEnumerable<(string Property, string What)> OfPadded(
        ValueView view, PaddedLaw law, double falseAlarm, ValueFilter covers)
    {
        long rowLength = law.RowLength * view.Components;
        bool InPadding(long index) => index / rowLength == law.PaddingIndex;
        return ExactCheck.Of(view, new ConstantFiller(0), (index, value) => InPadding(index) && covers(index, value))
            .Concat(LawCheck.Of(view, law.Inner, falseAlarm, (index, value) => !InPadding(index) && covers(index, value)));
    }

    internal static IEnumerable<(string Property, string What)> OfMasked(
        ValueView view, MaskedLaw law, double falseAlarm, ValueFilter covers)
    {
        bool Kept(long index) => law.Mask[index / view.Components];
        return ExactCheck.Of(view, new ConstantFiller(law.Elsewhere), (index, value) => !Kept(index) && covers(index, value))
            .Concat(LawCheck.Of(view, law.Inner, falseAlarm, (index, value) => Kept(index) && covers(index, value)));
    }

    internal static IEnumerable<(string Property, string What)> OfSlices(
        ValueView view, SlicedLaw law, double falseAlarm, ValueFilter covers)
    {
        long from = 0;
        for (int i = 0; i < law.Slices.Count; i++)
        {
            LawSlice slice = law.Slices[i];
            long begin = from;
            long count = slice.Elements * view.Components;
            if (count > 0)
            {
                foreach ((string property, string what) in LawCheck.Of(
                             view.Range(begin, count), slice.Law, falseAlarm, covers.At(index => begin + index)))
                {
                    yield return (property, $"slice {i + 1} of {law.Slices.Count}: {what}");
                }
            }

            from += count;
        }
    }

    /// <summary>
    /// What is seen of the whole parameter's law and of each slice. A law that is seen in part is held against the elements
    /// that are seen: of a matrix law only the bounds, since its elements depend on those that are not.
    /// </summary>
    internal static IEnumerable<(string Property, string What)> OfOverlaid(
        ValueView view, OverlaidLaw law, double falseAlarm, ValueFilter covers)
    {
        long rowLength = law.RowLength * view.Components;
        for (int i = RowSegment.Under; i < law.Overlays.Count; i++)
        {
            int overlay = i;
            (long first, long end, string name) = overlay == RowSegment.Under
                ? (0, law.Shape[0], "")
                : (law.Overlays[overlay].First, law.Overlays[overlay].End, $"{law.Overlays[overlay].StreamName}: ");
            long seen = law.RowsSeen(overlay);
            if (seen == 0)
            {
                continue;
            }

            long begin = first * rowLength;
            ValueFilter part = seen == end - first
                ? covers.At(index => begin + index)
                : (index, value) => law.At((begin + index) / rowLength) == overlay && covers(begin + index, value);
            foreach ((string property, string what) in LawCheck.Of(
                         view.Range(begin, (end - first) * rowLength), law.LawAt(overlay), falseAlarm, part))
            {
                yield return (property, name + what);
            }
        }
    }

    internal static IEnumerable<(string Property, string What)> OfRepeated(
        ValueView view, RepeatedLaw law, double falseAlarm, ValueFilter covers)
    {
        double[] values = view.ToArray();
        long rowLength = law.RowLength * view.Components;
        long FirstOf(long index) => (index / rowLength / law.Times * law.Times * rowLength) + (index % rowLength);
        long differing = Enumerable.Range(0, values.Length).LongCount(i =>
            covers(i, values[i]) && covers(FirstOf(i), values[FirstOf(i)]) && !view.Same(values[i], values[FirstOf(i)]));
        if (differing > 0)
        {
            yield return ("repetition", $"{Numbers.Count(differing)} values differ from those of the first of their {law.Times} rows");
        }

        long InView(long index) => (index / rowLength * law.Times * rowLength) + (index % rowLength);
        double[] rows = new double[values.Length / law.Times];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = values[InView(i)];
        }

        foreach ((string Property, string What) failure in LawCheck.Of(view.Holding(rows), law.Inner, falseAlarm, covers.At(InView)))
        {
            yield return failure;
        }
    }

    internal static IEnumerable<(string Property, string What)> OfCentred(
        ValueView view, CentredLaw law, double falseAlarm, ValueFilter covers)
    {
        int components = view.Components;
        bool AtPosition(long index) => index / components % law.Kernel == law.Position;
        foreach ((string Property, string What) failure in ExactCheck.Of(
                     view, new ConstantFiller(0), (index, value) => !AtPosition(index) && covers(index, value)))
        {
            yield return failure;
        }

        double[] matrix = new double[view.Count / law.Kernel];
        view.Visit((start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (AtPosition(start + i))
                {
                    matrix[((start + i) / components / law.Kernel * components) + ((start + i) % components)] = values[i];
                }
            }
        });
        long InView(long index) => (((index / components * law.Kernel) + law.Position) * components) + (index % components);
        foreach ((string Property, string What) failure in LawCheck.Of(
                     view.Holding(matrix), law.Matrix, falseAlarm, covers.At(InView)))
        {
            yield return failure;
        }
    }

    /// <summary>
    /// The lengths of inputs of one pixel: the vectors over outputs and positions, one an input, are orthonormal. Of the
    /// isometry for larger inputs this is the part at distance 0.
    /// </summary>
    internal static IEnumerable<(string Property, string What)> OfBlockOrthogonal(ValueView view, BlockOrthogonalLaw law)
    {
        double[] values = view.ToArray();
        int inputs = (int)law.Shape[1];
        int positions = values.Length / (int)law.Shape[0] / inputs;
        int width = values.Length / inputs;
        double[] rows = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int output, int input, int position) = (i / positions / inputs, i / positions % inputs, i % positions);
            rows[(input * width) + (output * positions) + position] = values[i];
        }

        return OrthonormalityCheck.Of(view.Holding(rows), new OrthogonalLaw(inputs, width, law.Gain));
    }

    /// <summary>Values rounded to a dtype that the parameter's own holds are numbers of that dtype.</summary>
    internal static IEnumerable<(string Property, string What)> OfRounded(
        ValueView view, CastLaw law, double falseAlarm, ValueFilter covers)
    {
        bool kept = view.Beyond == default && (view.DType == law.DType || view.DType is not (DType.Float16 or DType.BFloat16));
        long between = 0;
        if (kept)
        {
            view.Visit((start, values) =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    between += covers(start + i, values[i]) && double.IsFinite(values[i]) && Precision.Round(law.DType, values[i]) != values[i] ? 1 : 0;
                }
            });
        }

        if (between > 0)
        {
            yield return ("values", $"{Numbers.Count(between)} values are no numbers of {law.DType}");
        }

        foreach ((string Property, string What) failure in LawCheck.Of(view.RoundedTo(law.DType), law.Inner, falseAlarm, covers))
        {
            yield return failure;
        }
    }
}
