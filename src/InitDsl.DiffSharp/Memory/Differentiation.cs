using DiffSharp;
using Microsoft.FSharp.Core;

namespace InitDsl;

/// <summary>What a tensor takes part in: a parameter stays a variable of the derivatives that it is a variable of.</summary>
internal static class Differentiation
{
    /// <summary>
    /// Whether the value was computed from something that is differentiated, as while <c>model.asFunction</c> runs: another
    /// value in its place would cut it off.
    /// </summary>
    internal static bool IsComputed(Tensor value)
    {
        for (Tensor level = value; !level.isNoDiff; level = level.primal)
        {
            if (level.isReverseDiff && !level.parentOp.IsNewT)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A value that stands where another stood: with the same tags, in forward mode the same tangent, in reverse mode no
    /// derivative yet.
    /// </summary>
    internal static Tensor InPlaceOf(Tensor old, Tensor value) =>
        old.isNoDiff ? value
        : old.isForwardDiff ? InPlaceOf(old.primal, value).forwardDiff(old.derivative, FSharpOption<uint>.Some(old.nestingTag))
        : InPlaceOf(old.primal, value).reverseDiff(FSharpOption<Tensor>.None, FSharpOption<uint>.Some(old.nestingTag));
}
