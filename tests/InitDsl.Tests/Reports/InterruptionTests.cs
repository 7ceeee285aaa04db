namespace InitDsl.Tests;

/// <summary>What an interrupted apply says is what the memory shows.</summary>
public class InterruptionTests
{
    private static readonly RuleSet Rules = All.Weight(Normal(0.5, 0.25)).Bias(Uniform(1, 2));

    private static readonly string[] Blocks = [.. Enumerable.Range(0, 4).Select(i => $"h.{i}")];

    [Property(MaxTest = 60)]
    public void A_store_that_fails_anywhere(Point point) =>
        Holds<ApplyFailedException>(point, (_, _) => throw new IOException("the memory is gone"), failed =>
        {
            Assert.Equal("the memory is gone", Assert.IsType<IOException>(failed.InnerException).Message);
            Assert.Contains(nameof(MemoryStore), failed.InnerException.StackTrace!, StringComparison.Ordinal);
            return failed.Written;
        });

    [Property(MaxTest = 60)]
    public void Cancelling_anywhere(Point point) =>
        Holds<ApplyCanceledException>(point, (_, source) => source.Cancel(), cancelled => cancelled.Written);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Cancelling_within_a_large_parameter_stops_all_threads(int threads)
    {
        for (int report = 1; report <= 4; report++)
        {
            TestModel model = Large();
            Plan plan = Rules.Compile(model);
            using var source = new CancellationTokenSource();
            Listener listener = null!;
            listener = new(_ =>
            {
                if (listener.Heard.Count == report)
                {
                    source.Cancel();
                }
            });
            OperationCanceledException thrown = Assert.ThrowsAny<OperationCanceledException>(() => plan.Apply(threads, listener, source.Token));
            ApplyCanceledException cancelled = Assert.IsType<ApplyCanceledException>(thrown);
            Assert.Equal(source.Token, cancelled.CancellationToken);
            Assert.Equal(report, listener.Heard.Count);
            if (threads == 1)
            {
                // Not one value more.
                Assert.Equal(listener.Heard[^1].ValuesWritten, NewValues(model));
            }

            TestModel complete = Complete(Large);
            IsTrue(cancelled.Written, plan, model, complete);
            NothingIsWrittenAfterwards(model, Large);
            ComesRight(plan, model, complete);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_listener_that_throws_stops_all_threads(int threads)
    {
        for (int report = 1; report <= 4; report++)
        {
            TestModel model = Large();
            Plan plan = Rules.Compile(model);
            Listener listener = null!;
            listener = new(_ =>
            {
                if (listener.Heard.Count == report)
                {
                    throw new FormatException("no such bar");
                }
            });
            ApplyFailedException failed = Assert.Throws<ApplyFailedException>(() => plan.Tell(listener, threads));
            Assert.IsType<FormatException>(failed.InnerException);
            Assert.Equal(report, listener.Heard.Count);
            TestModel complete = Complete(Large);
            IsTrue(failed.Written, plan, model, complete);
            NothingIsWrittenAfterwards(model, Large);
            ComesRight(plan, model, complete);
        }
    }

    [Fact]
    public void A_listener_may_fail_when_all_is_written()
    {
        TestModel model = Model();
        Plan plan = Rules.Compile(model);
        ApplyFailedException failed = Assert.Throws<ApplyFailedException>(
            () => plan.Tell(new Listener(_ => throw new FormatException("no such bar"))));
        Assert.Equal(plan.Steps.Select(step => step.Path), failed.Written.Whole);
        Assert.StartsWith(
            "Applying the plan failed with FormatException: no such bar. It stopped after everything had been written.",
            failed.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_listener_or_a_store_that_says_cancelled_cancels()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        ApplyCanceledException cancelled = Assert.Throws<ApplyCanceledException>(
            () => Rules.Compile(Model()).Tell(new Listener(_ => source.Token.ThrowIfCancellationRequested())));
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.IsType<OperationCanceledException>(cancelled.InnerException);
    }

    [Fact]
    public void Cancelled_before_it_begins_it_writes_nothing()
    {
        TestModel model = Model();
        Plan plan = Rules.Compile(model);
        var listener = new Listener();
        ApplyCanceledException cancelled = Assert.Throws<ApplyCanceledException>(
            () => plan.Apply(2, listener, new CancellationToken(canceled: true)));
        Assert.Equal(plan.Steps.Select(step => step.Path), cancelled.Written.NotAtAll);
        Assert.Empty(listener.Heard);
        Assert.All(model.Stores, store => Assert.Empty(((MemoryStore)store).WrittenOn));
        Assert.StartsWith("Applying the plan was cancelled before anything was written.", cancelled.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_when_all_is_written_it_is_done()
    {
        using var source = new CancellationTokenSource();
        Report report = Rules.Compile(Model()).Apply(1, new Listener(_ => source.Cancel()), source.Token);
        Assert.Equal(9, report.Entries.Count);
    }

    [Fact]
    public void A_check_that_fails_stays_what_it_is()
    {
        TestModel model = Model();
        model["h.2.bias"].Unwritable = "it has been disposed.";
        Assert.Throws<InitException>(() => Rules.Compile(model).Apply());
        Assert.All(model.Stores, store => Assert.Empty(((MemoryStore)store).WrittenOn));
    }

    [Fact]
    public void The_message_says_it_folded()
    {
        TestModel model = Model();
        model["h.2.bias"].BeforeRun = new Countdown(2, () => throw new IOException("the memory is gone")).Tick;
        ApplyFailedException failed = Assert.Throws<ApplyFailedException>(() => Rules.Compile(model).Apply(1));
        Assert.Equal(
            """
            Applying the plan failed with IOException: the memory is gone. It stopped after 5 of 9 parameters. Apply it again: every value is written, the same as without the interruption.
              written (5): h.[0-2].weight, h.[0-1].bias
              written in part (1): h.2.bias
              not written (3): h.3.weight, h.3.bias, head.weight
            """,
            failed.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Some_steps_alone_are_called_what_they_are()
    {
        TestModel model = Model();
        model["h.0.bias"].Failure = new IOException("the memory is gone");
        var run = new ApplyRun([.. Rules.Compile(model).Steps.Take(2)], "Writing h.0", "Visit it again.", []);
        Assert.Equal(
            """
            Writing h.0 failed with IOException: the memory is gone. It stopped after 1 of 2 parameters. Visit it again.
              written (1): h.0.weight
              not written (1): h.0.bias
            """,
            Assert.Throws<ApplyFailedException>(() => PlanExecution.Write(run, null, 1)).Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_message_does_not_grow_without_end()
    {
        TestModel model = TestModel.Of([.. Enumerable.Range(0, 100).Select(i => TestModel.Linear($"layer{i}", 2, 2))]);
        ApplyCanceledException cancelled = Assert.Throws<ApplyCanceledException>(
            () => Rules.Compile(model).Apply(cancellationToken: new(canceled: true)));
        Assert.Equal(200, cancelled.Written.NotAtAll.Count);
        Assert.EndsWith("layer5.weight, layer5.bias and 188 more", cancelled.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_never_came_back_from_a_copy_has_changed_nothing()
    {
        TestModel model = Model();
        MemoryStore store = model["h.1.weight"];
        store.ThroughCopy = true;
        using var source = new CancellationTokenSource();
        store.BeforeRun = source.Cancel;
        Plan plan = Rules.Compile(model);
        ApplyCanceledException cancelled = Assert.Throws<ApplyCanceledException>(() => plan.Apply(1, null, source.Token));
        Assert.Contains("h.1.weight", cancelled.Written.NotAtAll);
        IsTrue(cancelled.Written, plan, model, Complete(Model));
    }

    [Fact]
    public void Memory_that_has_just_been_taken_holds_no_old_values()
    {
        TestModel model = Model();
        using var source = new CancellationTokenSource();
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            store.Deferred = true;
        }

        model["h.1.weight"].BeforeRun = source.Cancel;
        WrittenParameters written = Assert.Throws<ApplyCanceledException>(() => Rules.Compile(model).Apply(1, null, source.Token)).Written;
        Assert.Equal(["h.0.weight", "h.0.bias"], written.Whole);
        Assert.Equal(["h.1.weight"], written.InPart);
        Assert.Equal(6, written.NotAtAll.Count);
    }

    [Fact]
    public void PyTorchs_generator_stops_between_parameters_and_begins_anew()
    {
        TestModel Torch() => new([.. Model().Stores.Cast<MemoryStore>()]) { Generator = seed => new CountingGenerator(seed) };
        TestModel complete = Torch();
        PlanCompiler.Compile(Rules, complete, RandomSource.Torch(7)).Apply();
        foreach (bool fails in (bool[])[true, false])
        {
            TestModel model = Torch();
            Plan plan = PlanCompiler.Compile(Rules, model, RandomSource.Torch(7));
            using var source = new CancellationTokenSource();
            model["h.1.weight"].BeforeRun = new Countdown(2, () =>
            {
                source.Cancel();
                _ = fails ? throw new IOException("the memory is gone") : 0;
            }).Tick;
            WrittenParameters written = fails
                ? Assert.Throws<ApplyFailedException>(() => plan.Apply(4)).Written
                : Assert.Throws<ApplyCanceledException>(() => plan.Apply(4, null, source.Token)).Written;
            Assert.Equal(fails ? ["h.1.weight"] : [], written.InPart);
            IsTrue(written, plan, model, complete);
            ComesRight(plan, model, complete);
        }
    }

    private static void Holds<TException>(
        Point point, Action<MemoryStore, CancellationTokenSource> interrupt, Func<TException, WrittenParameters> written)
        where TException : Exception
    {
        TestModel model = Model(point.AnyThread, point.ThroughCopy);
        Plan plan = Rules.Compile(model);
        using var source = new CancellationTokenSource();
        int runs = 0;
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            store.BeforeRun = () =>
            {
                if (Interlocked.Increment(ref runs) == point.Run)
                {
                    interrupt(store, source);
                }
            };
        }

        TException thrown = Assert.Throws<TException>(() => plan.Apply(point.Threads, null, source.Token));
        TestModel complete = Complete(Model);
        IsTrue(written(thrown), plan, model, complete);
        NothingIsWrittenAfterwards(model, Model);
        ComesRight(plan, model, complete);
    }

    /// <summary>Each parameter is told of once, in the plan's order, as what its memory shows.</summary>
    private static void IsTrue(WrittenParameters written, Plan plan, TestModel model, TestModel complete)
    {
        string[] Paths(Func<MemoryStore, bool> shows) =>
            [.. plan.Steps.Where(step => shows((MemoryStore)step.Store)).Select(step => step.Path)];
        bool IsNew(MemoryStore store) => store.Bytes.AsSpan().SequenceEqual(complete[store.Spec.Path].Bytes);
        bool IsOld(MemoryStore store) => !store.Bytes.AsSpan().ContainsAnyExcept(MemoryStore.OldByte);
        Assert.Equal(Paths(IsNew), written.Whole);
        Assert.Equal(Paths(IsOld), written.NotAtAll);
        Assert.Equal(Paths(store => !IsNew(store) && !IsOld(store)), written.InPart);
    }

    /// <summary>Puts the old bytes back. A thread left behind would write over them while another model is filled.</summary>
    private static void NothingIsWrittenAfterwards(TestModel model, Func<TestModel> other)
    {
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            Array.Fill(store.Bytes, MemoryStore.OldByte);
        }

        Complete(other);
        Assert.All(model.Stores, store => Assert.False(((MemoryStore)store).Bytes.AsSpan().ContainsAnyExcept(MemoryStore.OldByte)));
    }

    private static void ComesRight(Plan plan, TestModel model, TestModel complete)
    {
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            store.BeforeRun = null;
        }

        plan.Apply();
        Assert.All(model.Stores, store => Assert.Equal(complete[store.Spec.Path].Bytes, ((MemoryStore)store).Bytes));
    }

    private static TestModel Complete(Func<TestModel> make)
    {
        TestModel model = make();
        Rules.Compile(model).Apply(1);
        return model;
    }

    /// <summary>Elements whose four bytes are not the old ones any more.</summary>
    private static long NewValues(TestModel model) => model.Stores.Cast<MemoryStore>()
        .Sum(store => store.Bytes.Chunk(4).LongCount(value => value.AsSpan().ContainsAnyExcept(MemoryStore.OldByte)));

    private static TestModel Model() => Model(anyThread: false, throughCopy: false);

    private static TestModel Model(bool anyThread, bool throughCopy)
    {
        TestModel model = TestModel.Of([.. Blocks.Select(block => TestModel.Linear(block, 125, 140)), TestModel.Linear("head", 90, 1000, bias: false)]);
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            store.RunLength = store.Spec.Path == "head.weight" ? 70_000 : store.Spec.Name == "bias" ? 50 : 6001;
            store.AnyThread = anyThread;
            store.ThroughCopy = throughCopy;
        }

        return model;
    }

    private static TestModel Large() => new(
        TestModel.Tensor(new(10, 10), path: "first"),
        TestModel.Tensor(new(4096, 1024), path: "large"),
        TestModel.Tensor(new(10, 10), path: "last"));

    /// <summary>Does something the n-th time.</summary>
    private sealed class Countdown(int left, Action action)
    {
        internal void Tick()
        {
            if (--left == 0)
            {
                action();
            }
        }
    }

    /// <summary>How an apply is made, and before which of its runs it is interrupted.</summary>
    public sealed record Point(int A, int B, bool AnyThread, bool ThroughCopy)
    {
        /// <summary>From 1: three a weight and a bias of each block, two of the head.</summary>
        public int Run => 1 + ((A & int.MaxValue) % ((6 * Blocks.Length) + 2));

        public int Threads => 1 << ((B & int.MaxValue) % 3);
    }
}
