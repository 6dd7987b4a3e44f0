#:project ../src/DiffSeg.MLNet/DiffSeg.MLNet.csproj

// Notebook 3 as a program: "dotnet run notebooks/3-pipeline.cs" writes 3-pipeline.html, a page with the same pictures.
// README.md in this folder says how to run it outside of the repository.
using System;
using System.IO;
using System.Linq;
using DiffSeg.Display;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

var page = new HtmlPage("3 · Segments in an ML.NET pipeline");

page.Paragraph("""
    ML.NET works on tables. An `IDataView` is a table whose rows are made as they are read; a transformer adds columns to
    it; an estimator looks at a table and makes a transformer (that is `Fit`). Steps are put one behind the other with
    `Append`. DiffSeg is one such step: from a column with the paths of photos it makes a column of masks.
    """);

string samples = new[] { "models/samples", "../models/samples" }.FirstOrDefault(Directory.Exists)
    ?? throw new DirectoryNotFoundException(
        "There is no folder models/samples here. Run this in the repository, or name a folder with photos of your own.");

var ml = new MLContext(seed: 1);
AttentionModel model = AttentionModel.Demo; // or AttentionModel.Load("your-model.onnx")
IDataView photos = ml.Data.LoadFromEnumerable(ImageSource.FromFolder(samples));

page.Heading("One step");
page.Paragraph("""
    `Transforms.DiffSeg` does all that is needed: it loads a photo, fits it to the model, runs the model and merges its
    attention into a mask. Nothing is trained, so `Fit` only looks at the columns. The mask is a vector of labels, row by
    row; its height and width stand in columns of their own, because photos differ in size.
    """);

var options = new DiffSegMaskOptions { Size = MaskSize.Original, Columns = MaskColumns.All };
ITransformer segmenter = ml.Transforms.DiffSeg("Mask", "ImagePath", model, options).Fit(photos);
IDataView masks = segmenter.Transform(photos);

foreach (DataViewSchema.Column column in masks.Schema.Where(column => !column.IsHidden))
{
    page.Code($"{column.Name,-18} {column.Type}");
}

page.Heading("One photo at a time");
page.Paragraph("""
    A `PredictionEngine` takes an object and gives an object: the column `ImagePath` is the property `ImagePath` of
    `ImageSource`, and the mask comes back in a `SegmentedImage`. Move the pointer over the picture to see the photo alone.
    """);

var engine = ml.Model.CreatePredictionEngine<ImageSource, SegmentedImage>(segmenter);
SegmentedImage otters = engine.Predict(new ImageSource { ImagePath = Path.Combine(samples, "oakland-zoo-otters.jpg") });
page.Add(otters);

page.Heading("Every step by hand");
page.Paragraph("""
    The same in single steps, most of them ML.NET's own: each one reads a column and adds another. `ApplyAttentionModel`
    runs the attention model (ML.NET's `ApplyOnnxModel` gives the same columns), `DiffSegMask` makes the mask of them, and
    `PaintMask` lays it over the photo as one more column of pictures.
    """);

var byHand = ml.Transforms.LoadImages("Photo", imageFolder: "", inputColumnName: "ImagePath")
    .Append(ml.Transforms.ResizeImages(
        "Resized", model.ImageWidth, model.ImageHeight, "Photo", ImageResizingEstimator.ResizingKind.IsoPad))
    .Append(ml.Transforms.ExtractPixels(model.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f))
    .Append(ml.Transforms.ApplyAttentionModel(model))
    .Append(ml.Transforms.DiffSegMask("Mask", model, imageColumnName: "Photo", options))
    .Append(ml.Transforms.PaintMask("Overlay", "Photo", "Mask"));

IDataView painted = byHand.Fit(photos).Transform(ml.Data.LoadFromEnumerable(
    ImageSource.FromFiles(Path.Combine(samples, "roman-colosseum.jpg"))));
MLImage overlay = painted.GetColumn<MLImage>("Overlay").First();
page.Add(new Picture(overlay.Pixels.ToArray(), overlay.Height, overlay.Width, PixelOrder.Bgra32));

page.Heading("Further steps after the mask");
page.Paragraph("""
    A mask column is a column like any other. Here two figures of each mask, the number of segments and the share of the
    largest one, become features, and ML.NET's k-means sorts the photos into two groups by them: calm ones and busy ones.
    """);

Action<SegmentedImage, MaskFacts> measure = (row, facts) =>
{
    facts.Segments = row.Segments().Count;
    facts.LargestShare = row.Segments().Max(segment => segment.Area) / (float)row.Mask.Length;
};
var sorting = ml.Transforms.CustomMapping(measure, contractName: null)
    .Append(ml.Transforms.Concatenate("Features", nameof(MaskFacts.Segments), nameof(MaskFacts.LargestShare)))
    .Append(ml.Transforms.NormalizeMinMax("Features"))
    .Append(ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 2));

// Fit reads the rows several times; a cache makes each mask once.
IDataView kept = ml.Data.Cache(masks, "ImagePath", "Mask", "MaskHeight", "MaskWidth");
IDataView sorted = sorting.Fit(kept).Transform(kept);
foreach (SortedPhoto row in ml.Data.CreateEnumerable<SortedPhoto>(sorted, reuseRowObject: false).OrderBy(row => row.Segments))
{
    string name = Path.GetFileNameWithoutExtension(row.ImagePath);
    page.Code($"group {row.PredictedLabel}  {name,-22} {row.Segments,2} segments, the largest has {100 * row.LargestShare:0} %");
}

page.Heading("Saved and loaded");
page.Paragraph("""
    `Model.Save` writes the whole chain, with the attention model inside, into one file. Whoever loads it needs no settings
    and no model file, only this library.
    """);

string file = Path.Combine(Directory.CreateTempSubdirectory("diffseg-").FullName, "segmenter.zip");
ml.Model.Save(segmenter, photos.Schema, file);
ITransformer again = ml.Model.LoadChecked(file, out _);
var loaded = ml.Model.CreatePredictionEngine<ImageSource, SegmentedImage>(again);
SegmentedImage same = loaded.Predict(new ImageSource { ImagePath = otters.ImagePath });

page.Code($"{new FileInfo(file).Length / 1024} kB; the same mask: {same.Mask.SequenceEqual(otters.Mask)}");

string target = args is [string given] ? given : "3-pipeline.html";
page.Save(target);
Console.WriteLine($"Open {Path.GetFullPath(target)} in a browser.");

/// <summary>What is measured of each mask.</summary>
public class MaskFacts
{
    public float Segments { get; set; }

    public float LargestShare { get; set; }
}

/// <summary>A photo with its group.</summary>
public class SortedPhoto : MaskFacts
{
    public string ImagePath { get; set; } = "";

    public uint PredictedLabel { get; set; }
}
