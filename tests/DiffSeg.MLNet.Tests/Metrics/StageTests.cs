using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DiffSeg.MLNet.Metrics;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Exports;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Metrics;

/// <summary>The meter is the whole process's: no other test may run beside these.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class StageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_row_tells_its_stages(bool applyOnnxModel)
    {
        const int Rows = 3;
        using var folder = new TemporaryFolder();
        for (int i = 0; i < Rows; i++)
        {
            using MLImage picture = TestData.Picture(40, 60, TestData.Regions(i));
            picture.Save(folder.File($"{i}.png"));
        }

        MLContext ml = new(seed: 1);
        using var small = new SmallModel();
        IDataView data = ml.Data.LoadFromEnumerable(ImageSource.FromFolder(folder.Path));
        DiffSegMaskOptions options = new() { AnchorsPerSide = 4, Columns = MaskColumns.Status };
        using var chain = ml.Transforms.DiffSeg("Mask", "ImagePath", small.Model, options, useApplyOnnxModel: applyOnnxModel).Fit(data);
        var heard = new ConcurrentQueue<(string Stage, double Seconds)>();
        using MeterListener listener = Listen(heard);

        RowValues.Read(chain.Transform(data), "Mask");

        // ML.NET's ApplyOnnxModel runs the model where none of ours does. The small model has two columns of attention.
        string[] expected = applyOnnxModel ? ["aggregate 6", "load 3", "merge 3"] : ["aggregate 6", "load 3", "merge 3", "model 3"];
        Assert.Equal(expected, heard.GroupBy(one => one.Stage).Select(stage => $"{stage.Key} {stage.Count()}").Order(StringComparer.Ordinal));
        Assert.All(heard, one => Assert.True(one.Seconds > 0));
    }

    private static MeterListener Listen(ConcurrentQueue<(string Stage, double Seconds)> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Stage.MeterName && instrument.Name == "diffseg.stage.duration")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => heard.Enqueue(((string)tags[0].Value!, seconds)));
        listener.Start();
        return listener;
    }
}
