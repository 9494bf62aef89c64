@echo off
rem Starts Assay as it is installed.
setlocal
set "HOME_FOLDER=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if exist "%HOME_FOLDER%\runtime\bin\java.exe" set "JAVA=%HOME_FOLDER%\runtime\bin\java"
if not defined OPENCV_LOG_LEVEL set "OPENCV_LOG_LEVEL=SILENT"
set "MEMORY=-XX:+UseParallelGC -Xmn128m"
if "%~1"=="serve" set "MEMORY=-XX:+UseG1GC -XX:G1PeriodicGCInterval=60000 -Xmx512m -XX:+ExitOnOutOfMemoryError"
if "%~1"=="desk" set "MEMORY=-XX:+UseG1GC -XX:G1PeriodicGCInterval=60000 -Xmx512m -XX:+ExitOnOutOfMemoryError"
"%JAVA%" %MEMORY% %ASSAY_JAVA_OPTS% "-Dassay.natives=%HOME_FOLDER%\native" "-Dassay.weights=%HOME_FOLDER%\weights" -jar "%HOME_FOLDER%\assay.jar" %*
exit /b %ERRORLEVEL%
