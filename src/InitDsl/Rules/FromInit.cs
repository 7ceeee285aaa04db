namespace InitDsl;

/// <summary>An initializer that the user computes from what is known of the parameter.</summary>
internal sealed class FromInit(Func<ParamSpec, Init> choose) : Init
{
    internal override Term Term => Term.Call(nameof(Dsl.From), choose);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Init? chosen;
        try
        {
            chosen = choose(context.Spec.Among(context.Layers));
        }
        catch (ParameterMismatchException mismatch)
        {
            return new Problem { Shared = mismatch.Problem };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Reported with the parameter's path beside all other problems, not thrown from the middle of them.
            return new Problem(
                $"the function given to From failed with {failure.GetType().Name}: {Findings.Sentence(failure)}",
                "Mend the function, or keep the rule from matching this parameter.") { OfFunction = true };
        }

        return chosen is null
            ? new Problem("the function given to From returned null.", "Return an Init, as Zeros.") { OfFunction = true }
            : chosen.Resolve(context);
    }
}
