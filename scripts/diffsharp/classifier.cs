#:project ../../src/InitDsl.DiffSharp/InitDsl.DiffSharp.csproj
#:package DiffSharp.Backends.Reference
// A classifier of two spirals in DiffSharp, initialised by rules and trained for a few steps.
//
//   dotnet run scripts/diffsharp/classifier.cs        (DIFFSHARP_FEED may name a feed that has DiffSharp)
using System;
using System.Collections.Generic;
using System.Linq;
using DiffSharp;
using DiffSharp.Model;
using InitDsl;
using static InitDsl.Dsl;

dsharp.seed(1);
Tensor inputs = dsharp.tensor(Spirals(60), null, null, null);
Tensor targets = dsharp.tensor(Enumerable.Range(0, 120).Select(i => i % 2).ToArray(), null, Dtype.Int32, null);

var model = new Classifier();
RuleSet rules =
      When<Linear>().Weight(Kaiming.For(Activation.Tanh)).Bias(Zeros)
    + Named("head").Weight(Xavier);
Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
plan.Apply();
Console.WriteLine(plan.Verify());

var losses = new List<double>();
for (int step = 0; step <= 40; step++)
{
    model.reverseDiff(null);
    Tensor loss = dsharp.crossEntropyLoss(model.forward(inputs), targets, null, null);
    loss.reverse(null, null);
    losses.Add(loss.toDouble());
    foreach ((string _, Parameter parameter) in model.parameters)
    {
        parameter.value = parameter.value.primal - (parameter.value.derivative * 0.3);
    }
}

// Guessing between two classes costs log 2 = 0.69.
Console.WriteLine($"loss {losses[0]:F3}, after 40 steps {losses[^1]:F3}");
if (losses[^1] >= losses[0])
{
    throw new InvalidOperationException("It did not learn.");
}

static double[,] Spirals(int points)
{
    var at = new double[2 * points, 2];
    for (int i = 0; i < 2 * points; i++)
    {
        double radius = (i / 2 + 1.0) / points;
        double angle = (4 * radius) + (Math.PI * (i % 2));
        (at[i, 0], at[i, 1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
    }

    return at;
}

/// <summary>Two hidden layers of tanh.</summary>
sealed class Classifier : Model<Tensor, Tensor>
{
    private readonly Linear first = new(2, 32, true);
    private readonly Linear second = new(32, 32, true);
    private readonly Linear head = new(32, 2, true);

    public Classifier()
        : base(null, null, null, null)
    {
        addModel(first, "first");
        addModel(second, "second");
        addModel(head, "head");
    }

    public override Tensor forward(Tensor value) => head.forward(second.forward(first.forward(value).tanh()).tanh());
}
