namespace InitDsl;

/// <summary>In which directions <see cref="InitProperties.Variance"/> is asked for.</summary>
/// <remarks>
/// A weight of n inputs and m outputs with the variance g²/n keeps the mean square forward, with g²/m backward: both only where
/// n is m. Over a whole model the one direction grows by (outputs / inputs) times what the other does.
/// </remarks>
public enum VarianceDirection
{
    /// <summary>
    /// The one that the rules promise. Where a model has as many outputs as inputs: both. Otherwise forward, where rules scale by
    /// the fan-in or do not say by what; backward, where all scale by the fan-out; and where they scale by the average, are orthogonal
    /// or differ, forward within the factor of anything between 1 and inputs / outputs. That holds where sizes only grow or only
    /// shrink; through a bottleneck such weights lose or gain more, and a factor of your own or <see cref="Forward"/> asks for what is meant.
    /// </summary>
    Promised,

    /// <summary>Forward: outputs over inputs.</summary>
    Forward,

    /// <summary>Backward: the gradients of inputs over those of outputs.</summary>
    Backward,

    /// <summary>Both, without any allowance for sizes that change.</summary>
    Both,
}
