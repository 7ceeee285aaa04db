namespace InitDsl;

/// <summary>
/// Which axes of a parameter count its inputs and which its outputs; every other axis is receptive field.
/// A backend states this for the layer at hand. Nothing is guessed from the shape.
/// </summary>
public sealed class FanAxes
{
    private readonly int[] inputs;
    private readonly int[] outputs;
    private readonly double inputDivisor;
    private readonly double outputDivisor;

    private FanAxes(int[] inputs, int[] outputs, double inputDivisor = 1, double outputDivisor = 1)
    {
        this.inputs = inputs;
        this.outputs = outputs;
        this.inputDivisor = inputDivisor;
        this.outputDivisor = outputDivisor;
    }

    /// <summary>[out, in]: linear layers, and PyTorch's convention for [out, in, receptive field…].</summary>
    public static FanAxes OutIn { get; } = new([1], [0]);

    /// <summary>[in, out]: the transpose, as DiffSharp's linear layers hold it.</summary>
    public static FanAxes InOut { get; } = new([0], [1]);

    /// <summary>[out, in1, in2]: every pair of inputs feeds one output.</summary>
    public static FanAxes Bilinear { get; } = new([1, 2], [0]);

    /// <summary>
    /// [blocks · out, in]: the gates of a recurrent layer or a packed query-key-value projection, where each
    /// block is a matrix of its own.
    /// </summary>
    /// <param name="blocks">How many matrices are stacked.</param>
    public static FanAxes Stacked(long blocks) => new([1], [0], outputDivisor: Guard.AtLeast(blocks, 1));

    /// <summary>
    /// [out, in/groups, kernel…]. The stride is left out of the fan-out, as He et al. 2015 and every framework do:
    /// the same network with another stride keeps its initialization.
    /// </summary>
    /// <param name="groups">Groups of the convolution.</param>
    public static FanAxes Convolution(long groups) => new([1], [0], outputDivisor: Guard.AtLeast(groups, 1));

    /// <summary>
    /// [in, out/groups, kernel…]. An output position sees only every stride-th kernel position, so the fan-in
    /// that keeps variance is in/groups · ∏kernel / ∏stride.
    /// </summary>
    /// <param name="groups">Groups of the convolution.</param>
    /// <param name="stride">The product of the strides.</param>
    public static FanAxes TransposedConvolution(long groups, long stride) =>
        new([0], [1], inputDivisor: (double)Guard.AtLeast(groups, 1) * Guard.AtLeast(stride, 1));

    /// <summary>Whether the first axis counts inputs: what a backend states as <see cref="ParamSpec.RowsAreInputs"/>.</summary>
    public bool RowsAreInputs => inputs.Contains(0);

    /// <summary>Fan-in and fan-out of a weight of this shape.</summary>
    /// <param name="shape">The weight's shape.</param>
    public FanCount Count(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        double receptive = Receptive(shape);
        return new(
            Product(shape, inputs) * receptive / inputDivisor,
            Product(shape, outputs) * receptive / outputDivisor);
    }

    private static double Product(Shape shape, int[] axes)
    {
        double product = 1;
        foreach (int axis in axes)
        {
            product *= shape[axis];
        }

        return product;
    }

    private double Receptive(Shape shape)
    {
        double product = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (!inputs.Contains(axis) && !outputs.Contains(axis))
            {
                product *= shape[axis];
            }
        }

        return product;
    }
}
