using DiffSharp;
using Microsoft.FSharp.Core;

namespace InitDsl;

/// <summary>What a tensor takes part in: a parameter stays a variable of the derivatives that it is a variable of.</summary>
internal static class Differentiation
{
    /// <summary>
    /// Whether the value was computed from something that is differentiated in reverse mode, as while <c>model.asFunction</c>
    /// runs in <c>dsharp.grad</c>: another value in its place would cut it off.
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
    /// Whether a derivative is being taken forward along the value. Such a value may have been computed, as while
    /// <c>model.asFunction</c> runs in <c>dsharp.jacobianv</c>, and nothing tells those apart that were not.
    /// </summary>
    internal static bool HasTangent(Tensor value)
    {
        Tensor level = value;
        while (level.isReverseDiff)
        {
            level = level.primal;
        }

        return level.isForwardDiff;
    }

    /// <summary>A value that stands where another stood, in reverse mode: with the same tags, without derivatives yet.</summary>
    internal static Tensor InPlaceOf(Tensor old, Tensor value) =>
        old.isNoDiff ? value : InPlaceOf(old.primal, value).reverseDiff(FSharpOption<Tensor>.None, FSharpOption<uint>.Some(old.nestingTag));
}
