namespace InitDsl.Tests;

/// <summary>Which parameters a model has, and what they are called.</summary>
public class WalkTests
{
    [Fact]
    public void A_layer_alone_has_parameters_without_a_path() =>
        Assert.Equal(["weight", "bias"], Seen.Paths(Layers.Linear(3, 2)));

    [Fact]
    public void Models_without_a_name_have_their_index() =>
        Assert.Equal(
            ["0.weight", "0.bias", "1.0.weight", "1.0.bias", "1.1.weight", "1.1.bias"],
            Seen.Paths(Layers.Sequential(Layers.Linear(3, 2), Layers.Sequential(Layers.BatchNorm1d(2), Layers.Linear(2, 2)))));

    [Fact]
    public void Models_with_a_name_have_it_and_own_parameters_keep_theirs() =>
        Assert.Equal(["scale", "mixing-weight", "hidden.weight", "hidden.bias", "head.weight", "head.bias"], Seen.Paths(new Net()));

    [Fact]
    public void Composed_models_are_found()
    {
        // (Linear --> Linear) --> Linear
        var inner = Model<Tensor, Tensor>.compose<Tensor>(Layers.Linear(3, 4), Layers.Linear(4, 5));
        var outer = Model<Tensor, Tensor>.compose<Tensor>(inner, Layers.Linear(5, 2));
        Dictionary<string, ParamSpec> specs = Seen.Specs(outer);
        Assert.Equal(["0.0.weight", "0.0.bias", "0.1.weight", "0.1.bias", "1.weight", "1.bias"], specs.Keys);
        Assert.All(specs.Values, spec => Assert.Equal(typeof(Linear), spec.ModuleType));
    }

    [Fact]
    public void The_models_of_a_variational_autoencoder_are_found()
    {
        var vae = new VAEMLP(12, 2, new([8, 6]), null, null);
        Assert.Equal(
            Enumerable.Range(0, 7).SelectMany(i => new[] { $"{i}.weight", $"{i}.bias" }),
            Seen.Paths(vae));
        Assert.Equal(new Shape(8, 12), Seen.Specs(vae)["0.weight"].Shape);
        Assert.Equal(new Shape(2, 6), Seen.Specs(vae)["2.weight"].Shape);
    }

    [Fact]
    public void A_recurrent_layer_holds_its_cells_under_the_names_of_PyTorch() =>
        Assert.Equal(
            from reverse in new[] { "", "_reverse" }
            from layer in new[] { 0, 1 }
            from name in new[] { "weight_ih", "weight_hh", "bias" }
            select $"{name}_l{layer}{reverse}",
            Seen.Paths(Layers.Lstm(3, 4, layers: 2, bidirectional: true)));

    [Fact]
    public void A_recurrent_layer_is_of_its_own_type_and_a_cell_of_its() =>
        Assert.Equal(
            [typeof(LSTM), typeof(RNN), typeof(LSTMCell)],
            from model in new ModelBase[] { Layers.Lstm(3, 4), Layers.Rnn(3, 4), Layers.LstmCell(3, 4) } select Seen.Specs(model).Values.First().ModuleType);

    [Fact]
    public void What_stands_in_for_a_missing_parameter_is_none()
    {
        Assert.Equal(["weight"], Seen.Paths(Layers.Linear(3, 2, bias: false)));
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], Seen.Paths(Layers.Lstm(3, 2, bias: false)));
        Assert.Empty(Seen.Paths(Layers.BatchNorm1d(3, affine: false)));
    }

    [Fact]
    public void Own_parameters_without_a_name_have_their_index()
    {
        var model = new Model<Tensor, Tensor>(null, new([new Parameter(Make.Zeros(2)), new Parameter(Make.Zeros(3))]), null, null);
        Assert.Equal(["parameter_0", "parameter_1"], Seen.Paths(model));
        Assert.Equal([new Shape(2), new Shape(3)], Seen.Specs(model).Values.Select(spec => spec.Shape));
    }

    [Fact]
    public void Every_parameter_that_DiffSharp_lists_is_found_once()
    {
        foreach (ModelBase model in new ModelBase[] { new Net(), new Tied(), Layers.Lstm(3, 4, 2), new VAEMLP(12, 2, null, null, null) })
        {
            Parameter[] listed = [.. model.parameters.Select(entry => entry.Item2).Distinct()];
            Assert.Equal(listed.Sum(parameter => (long)parameter.value.nelement), Seen.Specs(model).Values.Sum(spec => spec.Shape.Elements));
            Assert.Equal(listed.Length, new DiffSharpModel(model).Stores.Count);
        }
    }

    [Fact]
    public void A_model_in_two_places_is_tied()
    {
        ParameterStore weight = new DiffSharpModel(new Tied()).Stores[0];
        Assert.Equal("first.weight", weight.Spec.Path);
        Assert.Equal("second.weight", Assert.Single(weight.Aliases).Path);
    }

    [Fact]
    public void A_matrix_that_a_layer_holds_transposed_is_so_under_every_name()
    {
        ParameterStore table = new DiffSharpModel(new Borrowing()).Stores[0];
        ParamSpec alias = Assert.Single(table.Aliases);
        Assert.Equal(("table", "layer.weight"), (table.Spec.Path, alias.Path));
        Assert.All([table.Spec, alias], spec => Assert.Equal((true, new Shape(2, 5), new FanCount(5, 2)), (spec.Transposed, spec.Shape, spec.LayerFans!.Value)));
    }

    [Fact]
    public void A_model_that_contains_itself_is_refused()
    {
        var child = new Model<Tensor, Tensor>(null, null, null, null);
        var root = new Model<Tensor, Tensor>(null, null, null, null);
        child.addModel(root, "back");
        root.addModel(child, "child");
        InitException refused = Assert.Throws<InitException>(() => All.Weight(Zeros).Compile(root, seed: 1));
        Assert.Equal("INIT007", Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("child.back", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_knows_what_comes_next()
    {
        Dictionary<string, ParamSpec> specs = Seen.Specs(Layers.Sequential(Layers.Linear(3, 2), Layers.BatchNorm1d(2), Layers.Linear(2, 2)));
        Assert.True(specs["0.weight"].Next.Is<BatchNorm1d>());
        Assert.Equal((true, false), (specs["0.weight"].NormFollows, specs["2.weight"].NormFollows));
        Assert.Null(Seen.Specs(new Net())["hidden.weight"].Next);
    }
}
