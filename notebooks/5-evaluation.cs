#:project ../src/DiffSeg.MLNet/DiffSeg.MLNet.csproj

// Notebook 5 as a program: "dotnet run notebooks/5-evaluation.cs" writes 5-evaluation.html, a page with the same pictures.
// README.md in this folder says how to run it outside of the repository.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DiffSeg;
using DiffSeg.DataSets;
using DiffSeg.Display;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;

var page = new HtmlPage("5 · How good are the masks?");

page.Paragraph("""
    Masks are measured against ground truth: pictures in which people said, pixel by pixel, what is what. The folder `labels`
    has such pictures for the sample photos, drawn by hand with few corners, with four classes. Six photos say nothing about a
    method; they show how to measure. Take a data set of your own, or one of those that the library reads: COCO-Stuff,
    Cityscapes, BSDS500, ECSSD.
    """);

string root = new[] { ".", ".." }.FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "models/samples")))
    ?? throw new DirectoryNotFoundException(
        "There is no folder models/samples here. Run this in the repository, or name the folders of a data set of your own.");
var folders = new SegmentationFolders
{
    Images = Path.Combine(root, "models/samples"),
    Labels = Path.Combine(root, "notebooks/labels"),
};
ClassTable classes = ClassTable.FromFile(Path.Combine(root, "notebooks/classes.txt"));
SegmentationDataSet dataSet = SegmentationDataSet.FromFolders(folders, classes, "samples");
page.Code($"{dataSet.Samples.Count} images with the classes {string.Join(", ", classes.Classes)}");

page.Heading("Masks beside the truth");
page.Paragraph("""
    A data set is a table of paths. Two steps add the columns `Label` (a class for each pixel) and `Mask` (a segment for each
    pixel), of the same size. The colours of the truth are classes, those of a mask just tell segments apart.
    """);

var ml = new MLContext();
AttentionModel model = AttentionModel.Demo; // or AttentionModel.Load("your-model.onnx")
IDataView rows = ml.Data.LoadSegmentationDataSet(dataSet);
var size = new MaskSize(height: 288, width: 512);
var masking = new DiffSegMaskOptions { Size = size, MinRegionShare = 0.002 };
var chain = ml.Transforms.LoadLabelMaps("Label", "LabelPath", classes, options: new LabelMapOptions { Size = size })
    .Append(ml.Transforms.DiffSeg("Mask", "ImagePath", model, masking));
IDataView scored = ml.Data.Cache(chain.Fit(rows).Transform(rows), "ImagePath", "Label", "Mask", "MaskHeight", "MaskWidth");

var pairs = new List<(string, IDisplay)>();
foreach (LabelledMask row in ml.Data.CreateEnumerable<LabelledMask>(scored, reuseRowObject: false).Take(4))
{
    string name = Path.GetFileNameWithoutExtension(row.ImagePath);
    pairs.Add(($"{name}: truth", new MaskDisplay(row.Label, row.MaskHeight, row.MaskWidth)));
    pairs.Add(($"{name}: mask", new MaskDisplay(row.Mask, row.MaskHeight, row.MaskWidth)));
}

page.Add(new Strip(pairs) { ItemSide = 224 });

page.Heading("Figures");
page.Paragraph("""
    DiffSeg gives segments without names. To measure classes, each segment is matched with the class that it fits best, in each
    image for itself, as the paper does; the mean intersection over union (mIoU) is over the classes. Regions and boundaries
    need no names: covering asks how well each true region is covered by some segment, the boundary F-measure how many of
    the borders are found, and how many of those found are true.
    """);

var options = new EvaluationOptions
{
    ClassNames = classes.Classes,
    Measures = EvaluationMeasures.Classes | EvaluationMeasures.Regions | EvaluationMeasures.Boundaries,
};
SegmentationMetrics metrics = ml.Segmentation().Evaluate(scored, options: options);
page.Add(metrics);

page.Heading("Which threshold?");
page.Paragraph("""
    The threshold decides between many segments and few: too many cut things apart, too few glue them together. A session runs
    the model once for each photo, whatever the number of settings, and an evaluator for each setting takes masks one by one.
    On a real data set, choose the threshold on some images and report on others.
    """);

float[] thresholds = [0.6f, 0.8f, 1.0f, 1.2f];
var evaluators = thresholds.Select(_ => new SegmentationEvaluator(options)).ToArray();
var encoder = ml.Segmentation().LoadEncoder(model);
foreach (SegmentationSample sample in dataSet.Samples)
{
    SegmentationSession session = encoder.Encode(sample.ImagePath);
    LabelMap truth = sample.ReadLabelMaps(new LabelMapGeometry { Size = (size.Height, size.Width) })[0];
    MaskGrid grid = session.Grid with { OutputHeight = size.Height, OutputWidth = size.Width };
    for (int i = 0; i < thresholds.Length; i++)
    {
        Segmentation mask = session.Segment(session.Options with { KlThreshold = thresholds[i], MinRegionShare = 0.002 }, grid);
        evaluators[i].Add(mask.Labels, mask.Height, mask.Width, truth);
    }

    session.Dispose();
}

for (int i = 0; i < thresholds.Length; i++)
{
    EvaluationScores scores = evaluators[i].Compute();
    double? covering = scores[ImageMeasure.Covering]?.Mean, borders = scores[ImageMeasure.BoundaryFMeasure]?.Mean;
    page.Code($"threshold {thresholds[i]:0.0}: mIoU {scores.Classes?.MeanIoU:0.00}, covering {covering:0.00}, boundary F {borders:0.00}");
}

page.Paragraph("""
    `diffseg eval` does this for whole data sets from the command line, runs the model once per image whatever is swept, and
    writes a report.
    """);

string target = args is [string given] ? given : "5-evaluation.html";
page.Save(target);
Console.WriteLine($"Open {Path.GetFullPath(target)} in a browser.");

/// <summary>A photo's mask with its ground truth.</summary>
public class LabelledMask : SegmentedImage
{
    public ushort[] Label { get; set; } = [];
}
