using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Initialization that looks at data, after the rules: it changes weights that a plan has written.</summary>
public static class Calibrate
{
    /// <summary>
    /// Layer-sequential unit-variance initialization: the weight of each linear and convolutional layer is made orthonormal
    /// (Q of the QR decomposition of what the rules wrote, as a matrix [out, rest], its signs from R's diagonal), and then,
    /// from the first layer of the forward pass to the last, divided by the standard deviation of the layer's output until
    /// |variance − 1| ≤ tolerance. Source: Mishkin and Matas 2016, "All you need is a good init", algorithm 1.
    /// </summary>
    /// <remarks>
    /// Nothing is drawn: the same weights and the same batch give the same result. The forward pass runs once, in evaluation
    /// mode and without gradients; modes, buffers and hooks are as before when it returns or throws. Layers that are frozen,
    /// that share their weight, or that <c>forward</c> does not reach through <c>call</c> are left alone and listed. A
    /// layer that is called twice is calibrated at the first call.
    /// </remarks>
    /// <param name="model">The model, initialised.</param>
    /// <param name="batch">A batch of real inputs, on the model's device.</param>
    /// <param name="layers">Which layers; null for all of them: <c>In("head")</c>.</param>
    /// <param name="tolerance">How far a variance may be from 1; positive.</param>
    /// <param name="maxTries">How often a layer is scaled at most, once at least.</param>
    /// <param name="orthonormal">Whether weights are made orthonormal first; otherwise they are only scaled.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not positive, or there are no tries.</exception>
    /// <exception cref="InitException">
    /// A layer cannot be calibrated: it has no values yet, its weight is not of full rank, its input does not fit it, or its
    /// output is constant or not finite; or there is no layer at all. Every weight is what it was.
    /// </exception>
    public static LsuvReport Lsuv(
        nn.Module<Tensor, Tensor> model,
        Tensor batch,
        Selector? layers = null,
        double tolerance = 0.1,
        int maxTries = 10,
        bool orthonormal = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        return Run(model, () => model.call(batch).Dispose(), batch, layers, tolerance, maxTries, orthonormal);
    }

    /// <summary>The same for models that take more than one tensor: <c>Calibrate.LsuvBy(model, () => model.call(x, mask))</c>.</summary>
    /// <param name="model">The model, initialised.</param>
    /// <param name="forward">Runs the model once on a batch of real inputs, through <c>call</c>.</param>
    /// <param name="layers">Which layers; null for all of them.</param>
    /// <param name="tolerance">How far a variance may be from 1; positive.</param>
    /// <param name="maxTries">How often a layer is scaled at most, once at least.</param>
    /// <param name="orthonormal">Whether weights are made orthonormal first; otherwise they are only scaled.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not positive, or there are no tries.</exception>
    /// <exception cref="InitException">A layer cannot be calibrated, or there is none. Every weight is what it was.</exception>
    public static LsuvReport LsuvBy(
        nn.Module model,
        Action forward,
        Selector? layers = null,
        double tolerance = 0.1,
        int maxTries = 10,
        bool orthonormal = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(forward);
        return Run(model, forward, null, layers, tolerance, maxTries, orthonormal);
    }

    private static LsuvReport Run(
        nn.Module model, Action forward, Tensor? batch, Selector? layers, double tolerance, int maxTries, bool orthonormal)
    {
        new ArgumentChecks().Positive(tolerance).AtLeast(maxTries, 1).Throw();
        var run = new LsuvRun(model, layers ?? Dsl.All, tolerance, maxTries, orthonormal);
        using var state = new ModelState(model);
        run.Run(forward, batch);
        state.KeepWeights();
        return run.Report;
    }
}
