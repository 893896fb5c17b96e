"""Card search and colour correction with OpenCV (mcc and ccm), for opencv.ts: JSON on standard input, JSON on standard output.

Input: {"runs": n, "photos": [{"path": ..., "colours": [[r, g, b], ...]}]}, colours in encoded sRGB, 0 to 1.
Output: {"version": ..., "photos": [{"ms": [...], "patches": [...], "colours": [...]} or {"ms": [...]}]}: milliseconds of
each run; the 24 patches and the given colours corrected, encoded sRGB. Without "patches" no card was found.
"""

import json
import sys
import time

import cv2
import numpy as np


def calibrate(image):
    detector = cv2.mcc.CCheckerDetector_create()
    if not detector.process(image, cv2.mcc.MCC24, 1):
        return None
    # Five columns a channel; the second is the mean, the file is blue first and the chart's own table red first.
    measured = detector.getBestColorChecker().getChartsRGB()[:, 1].copy().reshape(24, 1, 3) / 255
    model = cv2.ccm_ColorCorrectionModel(measured, cv2.ccm.COLORCHECKER_Macbeth)
    model.setColorSpace(cv2.ccm.COLOR_SPACE_sRGB)
    model.setCCM_TYPE(cv2.ccm.CCM_3x3)
    model.setDistance(cv2.ccm.DISTANCE_CIE2000)
    model.setLinear(cv2.ccm.LINEARIZATION_GAMMA)
    model.setLinearGamma(2.2)
    model.setLinearDegree(3)
    model.setSaturatedThreshold(0, 0.98)
    model.run()
    return model, measured


def correct(model, colours):
    return model.infer(np.array(colours, dtype=np.float64).reshape(-1, 1, 3)).reshape(-1, 3).tolist()


def main():
    task = json.load(sys.stdin)
    cv2.setNumThreads(1)
    answers = []
    for photo in task["photos"]:
        image = cv2.imread(photo["path"])
        times = []
        found = None
        for _ in range(task["runs"]):
            start = time.perf_counter()
            found = calibrate(image)
            times.append(1000 * (time.perf_counter() - start))
        answer = {"ms": times}
        if found:
            model, measured = found
            answer["patches"] = correct(model, measured)
            answer["colours"] = correct(model, photo["colours"])
        answers.append(answer)
    json.dump({"version": cv2.__version__, "photos": answers}, sys.stdout)


main()
