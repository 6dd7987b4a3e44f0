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
var folders = new SegmentationFolders { Images = Path.Combine(root, "models/samples"), Labels = Path.Combine(root, "notebooks/labels") };
ClassTable classes = ClassTable.FromFile(Path.Combine(root, "notebooks/classes.txt"));
SegmentationDataSet dataSet = SegmentationDataSet.FromFolders(folders, classes, "samples");
page.Code($"{dataSet.Samples.Count} images with the classes {string.Join(", ", classes.Classes)}");

page.Heading("Masks beside the truth");
page.Paragraph("""
    A data set is a table of paths. Two steps add the columns `Label` (a class for each pixel) and `Mask` (a segment for each
    pixel), of the same size by default: that of the model's input.
    """);

var ml = new MLContext();
AttentionModel model = AttentionModel.Demo; // or AttentionModel.Load("your-model.onnx")
IDataView rows = ml.Data.LoadSegmentationDataSet(dataSet);
var chain = ml.Transforms.LoadLabelMaps("Label", "LabelPath", dataSet.Classes)
    .Append(ml.Transforms.DiffSeg("Mask", "ImagePath", model, new DiffSegMaskOptions { MinRegionShare = 0.002 }));
IDataView scored = ml.Data.Cache(chain.Fit(rows).Transform(rows), "ImagePath", "Label", "Mask", "MaskHeight", "MaskWidth");

var pairs = new List<(string, IDisplay)>();
foreach (LabelledMask row in ml.Data.CreateEnumerable<LabelledMask>(scored, reuseRowObject: false).Take(3))
{
    string name = Path.GetFileNameWithoutExtension(row.ImagePath);
    pairs.Add(($"{name}: truth", new MaskDisplay(row.Label, row.MaskHeight, row.MaskWidth)));
    pairs.Add(($"{name}: mask", new MaskDisplay(row.Mask, row.MaskHeight, row.MaskWidth)));
}

page.Add(new Strip(pairs));

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
    The threshold decides between many segments and few. A sweep shows the trade: too many segments cut things apart, too few
    glue them together. On a real data set, choose it on some images and report on others.
    """);

foreach (float threshold in new[] { 0.6f, 0.8f, 1.0f, 1.2f })
{
    var setting = new DiffSegMaskOptions { MinRegionShare = 0.002, KlThreshold = threshold };
    var again = ml.Transforms.LoadLabelMaps("Label", "LabelPath", dataSet.Classes).Append(ml.Transforms.DiffSeg("Mask", "ImagePath", model, setting));
    SegmentationMetrics at = ml.Segmentation().Evaluate(again.Fit(rows).Transform(rows), options: options);
    page.Code($"threshold {threshold:0.0}: mIoU {at.MeanIntersectionOverUnion:0.000}, covering {at.SegmentationCovering?.Mean:0.000}, boundary F {at.BoundaryFMeasure?.Mean:0.000}");
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
