// SIREN (Sitzmann et al. 2020): a picture as a function of its coordinates, with the names of the authors' code.
// Loaded by siren.csx: #load "models/siren.csx"

class Siren : Module<Tensor, Tensor>
{
    private readonly Sequential net;

    /// <summary>The authors' network for pictures: 2 coordinates, three hidden layers of 256, one value.</summary>
    public Siren(long inputs = 2, long width = 256, int hidden = 3, long outputs = 1)
        : base(nameof(Siren))
    {
        var layers = new List<(string, Module<Tensor, Tensor>)> { ("0", new SineLayer(inputs, width)) };
        for (int i = 1; i <= hidden; i++)
        {
            layers.Add(($"{i}", new SineLayer(width, width)));
        }

        layers.Add(($"{hidden + 1}", Linear(width, outputs)));
        net = Sequential(layers);
        RegisterComponents();
    }

    public override Tensor forward(Tensor coordinates) => net.call(coordinates);
}

/// <summary>sin(ω·(Wx + b)), ω = 30.</summary>
class SineLayer : Module<Tensor, Tensor>
{
    private readonly Linear linear;

    public SineLayer(long inputs, long outputs)
        : base(nameof(SineLayer))
    {
        linear = Linear(inputs, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => sin(30 * linear.call(x));
}
