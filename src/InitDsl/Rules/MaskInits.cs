namespace InitDsl;

/// <summary>Another initializer's values where a mask is 1, zeros where it is 0.</summary>
internal sealed class MaskInit(Init inner, GivenValues mask) : WrappedInit(inner)
{
    internal override Term Term => Inner.Term.Then(nameof(Mask), mask);

    internal override Resolution Resolve(ResolutionContext context)
    {
        if (mask.Read(context, out double[] numbers) is { } problem)
        {
            return problem;
        }

        int wrong = Array.FindIndex(numbers, number => number is not (0 or 1));
        return wrong >= 0
            ? new Problem(
                $"{this} has {Numbers.Six(numbers[wrong])} at index {wrong}, and a mask is made of zeros and ones.",
                "Write 1 (or true) where values stay and 0 (or false) where zeros go.")
            : Inner.Resolve(context).Then(law => new MaskedLaw(law, new(Array.ConvertAll(numbers, number => number == 1))));
    }

    protected internal override Init Around(Init changed) => new MaskInit(changed, mask);
}

/// <summary>Another initializer's values where a function of the index says so, zeros elsewhere.</summary>
internal sealed class MaskByInit(Init inner, Func<IReadOnlyList<long>, bool> keep) : WrappedInit(inner)
{
    internal override Term Term => Inner.Term.Then(nameof(MaskBy), keep);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        if (shape.Elements > Array.MaxLength)
        {
            return OrthogonalInit.TooLarge(this, shape);
        }

        bool[] kept;
        try
        {
            kept = Ask(shape);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Reported with the parameter's path beside all other problems, not thrown from the middle of them.
            return new Problem(
                $"the function given to MaskBy failed with {failure.GetType().Name}: {Findings.Sentence(failure)}",
                "Mend the function; it is given as many indices as the parameter has dimensions.") { OfFunction = true };
        }

        return Inner.Resolve(context).Then(law => new MaskedLaw(law, new(kept)));
    }

    protected internal override Init Around(Init changed) => new MaskByInit(changed, keep);

    private bool[] Ask(Shape shape)
    {
        bool[] kept = new bool[shape.Elements];
        long[] index = new long[shape.Rank];
        IReadOnlyList<long> seen = Array.AsReadOnly(index);
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = keep(seen);
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return kept;
    }
}
