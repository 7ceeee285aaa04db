namespace InitDsl;

/// <content>Initializers of published networks and of other libraries.</content>
public static partial class Dsl
{
    /// <summary>
    /// Glorot's law, truncated: N(0, σ²) cut at ±2σ, with σ so large that the standard deviation after truncation is
    /// √(2/(fan-in + fan-out)). What Keras calls <c>GlorotNormal</c> and JAX <c>glorot_normal</c>; PyTorch's
    /// <c>xavier_normal_</c> is <see cref="XavierNormal"/>, which is not truncated. On a complex parameter the modulus
    /// is truncated, as in JAX.
    /// </summary>
    public static Init XavierTruncated { get; } = Scaled(Term.Of("XavierTruncated"), 1, FanMode.FanAverage, Distribution.TruncatedNormal);

    /// <summary>
    /// He's law, truncated: cut at two of its own deviations, with a standard deviation of √(2/fan-in) after
    /// truncation. What Keras calls <c>HeNormal</c> and JAX <c>he_normal</c>.
    /// </summary>
    public static Init KaimingTruncated { get; } = Scaled(Term.Of("KaimingTruncated"), Math.Sqrt(2), FanMode.FanIn, Distribution.TruncatedNormal);

    /// <summary>
    /// LeCun's law, truncated: cut at two of its own deviations, with a standard deviation of 1/√fan-in after
    /// truncation. What Keras calls <c>LecunNormal</c> and JAX <c>lecun_normal</c>; the default of Flax's layers.
    /// </summary>
    public static Init LeCunTruncated { get; } = Scaled(Term.Of("LeCunTruncated"), 1, FanMode.FanIn, Distribution.TruncatedNormal);

    /// <summary>
    /// U(−b, b) with b = √(3/fan-in): what Caffe2 calls <c>XavierFill</c> and detectron2 <c>c2_xavier_fill</c>.
    /// Glorot and Bengio's own law averages the fans: <see cref="Xavier"/>.
    /// </summary>
    public static Init Caffe2Xavier { get; } = Scaled(Term.Of("Caffe2Xavier"), 1, FanMode.FanIn, Distribution.Uniform);

    /// <summary>
    /// ZerO: no randomness. With at least as many inputs as outputs the partial identity; with fewer the upper left
    /// part of a Hadamard matrix of size m, the power of two at or above the outputs, times 1/√m; for convolutions
    /// at the middle of the kernel (size/2), zeros around it. Source: Zhao, Schäfer, Anandkumar 2021, "ZerO Initialization: Initializing
    /// Neural Networks with only Zeros and Ones" (arXiv 2110.12661). Public copies disagree on the scale (2^(−m/2) or
    /// 2^(−(m−1)/2) for a matrix of 2^m rows). It is derived here from what the transform is for, to keep lengths:
    /// H·Hᵀ = m·I for a Hadamard matrix of size m, so that 1/√m makes its columns orthonormal.
    /// </summary>
    public static Init ZerO { get; } = new ZerOInit();

    /// <summary>
    /// N(mean, std²) cut off at mean ± cut·std, drawn exactly: timm's <c>trunc_normal_tf_</c>, JAX's
    /// <c>truncated_normal</c>. <see cref="TruncNormal"/> takes absolute bounds, as PyTorch's <c>trunc_normal_</c> does.
    /// The standard deviation after truncation is smaller: 0.8796·std for a cut of 2, 0.9866·std for 3.
    /// </summary>
    /// <param name="mean">The mean, before and after truncation.</param>
    /// <param name="std">The standard deviation before truncation, positive.</param>
    /// <param name="cut">Where it is cut, in standard deviations; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or std or cut is not positive, or no number lies between the bounds.</exception>
    public static Init TruncNormalSigmas(double mean = 0, double std = 1, double cut = 2)
    {
        var checks = new ArgumentChecks().Finite(mean).Positive(std).Positive(cut);
        checks.Throw();
        (double low, double high) = (mean - (cut * std), mean + (cut * std));
        checks.Require(
            low != high,
            std,
            $"is so small that mean - cut*std and mean + cut*std are the same number, {ArgumentChecks.Text(low)}: write Const({Numbers.Six(mean)}), or a larger std",
            nameof(std),
            nameof(cut),
            nameof(mean)).Throw();
        var law = new TruncatedNormalLaw(mean, std, low, high);
        checks.Require(
            law.Parameters.CanBeDrawn,
            cut,
            $"leaves less than 1e-30 of the mass of a normal law within {ArgumentChecks.Text(cut)} deviations of its mean: write a larger cut",
            nameof(cut)).Throw();
        return new LawInit(law, Term.Call(nameof(TruncNormalSigmas), mean, std, cut));
    }

    /// <summary>
    /// log U, with U uniform between two positive bounds: the bias of a gate whose time scales are spread evenly.
    /// Not the "log-uniform" law, whose logarithm is uniform.
    /// </summary>
    /// <param name="low">The lower bound of U, positive.</param>
    /// <param name="high">The upper bound of U, above the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, low is not positive, or high is not above low.</exception>
    public static Init LogOfUniform(double low, double high)
    {
        new ArgumentChecks().Positive(low).Finite(high).Above(high, low).Throw();
        return new LawInit(new LogOfUniformLaw(low, high), Term.Call(nameof(LogOfUniform), low, high));
    }

    /// <summary>
    /// The biases of an LSTM that is to remember for up to T steps: forget gates log U(1, T − 1), each input gate
    /// the negative of the same unit's forget gate, the other gates 0. Where a layer has two biases, b_ih gets these
    /// and b_hh zeros, so that the sum is what it should be. Source: Tallec and Ollivier 2018, "Can recurrent neural
    /// networks warp time?", equation 16.
    /// </summary>
    /// <param name="longest">T, the longest range of time to be remembered, in steps; above 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">T is not finite or not above 2.</exception>
    public static Init Chrono(double longest)
    {
        new ArgumentChecks().Finite(longest).Require(longest > 2, longest, $"must be above 2, not {ArgumentChecks.Text(longest)}", nameof(longest)).Throw();
        return new ChronoInit(longest);
    }

    /// <summary>
    /// A constant times the identity as the recurrent matrix of a network of rectifiers. Source: Le, Jaitly,
    /// Hinton 2015, "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units": 1, and 0.01 where
    /// short memories are wanted; biases 0.
    /// </summary>
    /// <param name="scale">What the identity is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite.</exception>
    public static Init Irnn(double scale = 1) => new IrnnInit(Guard.Finite(scale));

    /// <summary>
    /// The first layer of a SIREN: U(−1/n, 1/n) with the fan-in n. Source: Sitzmann et al. 2020, "Implicit Neural
    /// Representations with Periodic Activation Functions"; vsitzmann/siren, <c>first_layer_sine_init</c>.
    /// </summary>
    public static Init SirenFirst() => new FanInUniformInit(Term.Call(nameof(SirenFirst)), fanIn => 1 / fanIn);

    /// <summary>
    /// The other layers of a SIREN: U(−b, b) with b = √(6/n)/ω, for activations sin(ω·x). Source: Sitzmann et al.
    /// 2020; vsitzmann/siren, <c>sine_init</c>.
    /// </summary>
    /// <param name="omega">The frequency ω, positive; 30 in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">ω is not finite or not positive.</exception>
    public static Init Siren(double omega = 30)
    {
        Guard.Positive(omega);
        return new FanInUniformInit(Term.Call(nameof(Siren), omega), fanIn => Math.Sqrt(6 / fanIn) / omega);
    }

    /// <summary>
    /// For a convolution before a pixel shuffle: draws out/r² kernels and writes each r² times in the order of
    /// <c>PixelShuffle</c>, so that the upscaled image starts without checkerboards, as nearest-neighbour resizing.
    /// Source: Aitken et al. 2017, "Checkerboard artifact free sub-pixel convolution".
    /// </summary>
    /// <remarks>
    /// Fans are those of the convolution of out/r² channels that is drawn, not of the layer: the paper's start is that
    /// convolution, followed by a nearest-neighbour resize. The fan-in is the same; the fan-out is out/r² times the kernel's
    /// size, r² times less, since the r² copies make one channel of the larger image.
    /// </remarks>
    /// <param name="upscale">r, the factor of the pixel shuffle.</param>
    /// <param name="inner">How the kernels are drawn, as <c>Kaiming</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">r is not between 1 and 1000.</exception>
    public static Init Icnr(long upscale, Init inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        new ArgumentChecks().Between(upscale, 1, 1000).Throw();
        return new RepeatedInit(inner, upscale * upscale, upscale);
    }

    /// <summary>
    /// A transposed convolution that interpolates: along each axis of the kernel 1 − |x − c|/f with f = ⌈size/2⌉ and
    /// c = (size − 1)/2, each channel to itself. With stride s and kernel 2s − s mod 2 it is bilinear upsampling (linear
    /// or trilinear, by the dimensions). Source: Long, Shelhamer, Darrell 2015, "Fully Convolutional Networks for
    /// Semantic Segmentation", and their <c>upsample_filt</c>. Caffe's <c>BilinearFiller</c> gives the same for those
    /// kernels, and lopsided ones for other odd sizes, as 3.
    /// </summary>
    /// <param name="groups">Groups of the layer: 1, or its channels where each has a kernel of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one group.</exception>
    public static Init BilinearUpsampling(long groups = 1) => new UpsamplingInit(Guard.AtLeast(groups, 1));

    /// <summary>
    /// A Haar-distributed matrix with orthonormal columns at the centre of the kernel, zeros around it: the
    /// convolution keeps the length of every input. Needs at least as many output as input channels. Source: Xiao
    /// et al. 2018, "Dynamical Isometry and a Mean Field Theory of CNNs", algorithm 2; the centre is (size − 1)/2, as
    /// in JAX's <c>delta_orthogonal</c> (<see cref="Dirac"/> has size/2; they differ for even sizes).
    /// </summary>
    /// <param name="gain">What the matrix is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Init DeltaOrthogonal(double gain = 1) => new DeltaOrthogonalInit(Guard.Finite(gain));

    /// <summary>
    /// A kernel that keeps the length of every input under circular padding (under zero padding, away from the borders),
    /// spread over all positions of the kernel. Needs at least as many output as input channels, and equal sizes of the kernel. Source:
    /// Xiao et al. 2018, algorithm 1; TensorFlow's <c>convolutional_orthogonal_1d</c> to <c>3d</c>, which draw the
    /// projections' ranks as here. Takes time: the cube of the output channels for each pair of positions.
    /// </summary>
    /// <param name="gain">What the kernel is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Init BlockOrthogonal(double gain = 1) => new BlockOrthogonalInit(Guard.Finite(gain));

    /// <summary>
    /// −log((1 − π)/π): the bias of a classifier whose outputs start at the probability π, as in RetinaNet. Source:
    /// Lin et al. 2017, "Focal Loss for Dense Object Detection", section 4.1.
    /// </summary>
    /// <param name="prior">π, between 0 and 1; 0.01 in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">π is not strictly between 0 and 1.</exception>
    public static Init FocalPrior(double prior = 0.01)
    {
        new ArgumentChecks().Require(prior is > 0 and < 1, prior, $"must lie between 0 and 1, not be {ArgumentChecks.Text(prior)}", nameof(prior)).Throw();
        return new LawInit(new ConstantLaw(-Elementary.Log((1 - prior) / prior)), Term.Call(nameof(FocalPrior), prior));
    }

    /// <summary>
    /// N(0, 2/(5d)), not truncated, with the width d of the model: Glorot's law of a layer from d to 4d, for all
    /// layers. Source: Nguyen and Salazar 2019, "Transformers without Tears"; GPT-NeoX, <c>small_init_init_method</c>.
    /// </summary>
    /// <param name="width">d, the width of the model's residual stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than 1.</exception>
    public static Init SmallInit(long width)
    {
        Guard.AtLeast(width, 1);
        return new LawInit(new NormalLaw(0, Math.Sqrt(2.0 / (5.0 * width))), Term.Call(nameof(SmallInit), width));
    }

    /// <summary>
    /// N(0, σ²) with σ = 2/(L·√d), not truncated: for the layers that end a residual branch. Source: GPT-NeoX,
    /// <c>wang_init_method</c> (Black et al. 2022, section 2.3, after Wang's mesh-transformer-jax).
    /// </summary>
    /// <param name="width">d, the width of the model's residual stream.</param>
    /// <param name="layers">L, the number of transformer layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public static Init WangInit(long width, long layers)
    {
        new ArgumentChecks().AtLeast(width, 1).AtLeast(layers, 1).Throw();
        return new LawInit(new NormalLaw(0, 2 / (layers * Math.Sqrt(width))), Term.Call(nameof(WangInit), width, layers));
    }

    /// <summary>
    /// He's law by fan-out times L^(−1/(2m − 2)): for the layers inside a residual branch, in networks without
    /// normalization. The last layer of each branch and the classifier start at zero. Source: Zhang, Dauphin, Ma
    /// 2019, "Fixup Initialization"; hongyi-zhang/Fixup.
    /// </summary>
    /// <param name="branches">L, how many residual branches the network has.</param>
    /// <param name="layers">m, how many layers a branch has; 2 in ResNet's basic blocks, 3 in its bottlenecks.</param>
    /// <exception cref="ArgumentOutOfRangeException">No branch, or fewer than two layers (the only one is the last, which is zero).</exception>
    public static Init Fixup(long branches, long layers = 2)
    {
        new ArgumentChecks().AtLeast(branches, 1).AtLeast(layers, 2).Throw();
        double factor = Elementary.Exp(-Elementary.Log(branches) / ((2.0 * layers) - 2));
        return new PublishedInit(Term.Call(nameof(Fixup), branches, layers), KaimingNormal.FanOut().Scale(factor));
    }

    /// <summary>
    /// Glorot's uniform law times 0.67·N^(−1/4): values, output projections and both layers of the feed-forward
    /// blocks of an encoder without normalization and warm-up. Source: Huang et al. 2020, "Improving Transformer
    /// Optimization Through Better Initialization" (T-Fixup).
    /// </summary>
    /// <param name="layers">N, the encoder's layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one layer.</exception>
    public static Init TFixupEncoder(long layers)
    {
        Guard.AtLeast(layers, 1);
        return new PublishedInit(Term.Call(nameof(TFixupEncoder), layers), XavierUniform.Scale(0.67 / FourthRoot(layers)));
    }

    /// <summary>Glorot's uniform law times (9N)^(−1/4): the same layers of a decoder. Source: Huang et al. 2020.</summary>
    /// <param name="layers">N, the decoder's layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one layer.</exception>
    public static Init TFixupDecoder(long layers)
    {
        Guard.AtLeast(layers, 1);
        return new PublishedInit(Term.Call(nameof(TFixupDecoder), layers), XavierUniform.Scale(1 / FourthRoot(9.0 * layers)));
    }

    private static double FourthRoot(double value) => Math.Sqrt(Math.Sqrt(value));
}
