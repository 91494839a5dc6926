@echo off
rem Cairn's command line for Windows; the same as the file "cairn", which says more.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "root=%root:~0,-1%"
set "jar=%root%\target\cairn.jar"
set "launch=%root%\target\classes\launch"

call :use_jdk_25 || exit /b 1
call :is_current || call :build || exit /b 1
rem The MALLOC_ variables are read by the C library of Linux only.
for /f "usebackq tokens=1,* delims==" %%a in (`findstr /v /b "MALLOC_" "%launch%\environment.properties"`) do set "%%a=%%b"
if not exist models\cairn-0.5b\ if not defined CAIRN_MODEL set "CAIRN_MODEL=%root%\models\cairn-0.5b"
if "%~1"=="" goto engine
if "%~1"=="serve" goto engine
set "first=%~1"
if "%first:~0,2%"=="--" if not "%first%"=="--help" if not "%first%"=="--version" goto engine
for %%a in (%*) do if "%%~a"=="--compute" goto engine
"%JAVA_HOME%\bin\java.exe" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -jar "%jar%" %*
exit /b %ERRORLEVEL%

:engine
"%JAVA_HOME%\bin\java.exe" "@%launch%\java.options" -jar "%jar%" %*
exit /b %ERRORLEVEL%

:use_jdk_25
if defined JAVA_HOME call :is_jdk_25 "%JAVA_HOME%" && exit /b 0
for /f "delims=" %%j in ('where java.exe 2^>nul') do call :take_jdk_of "%%~dpj.." && exit /b 0
for %%p in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks") do (
  for /d %%d in ("%%~p\*") do call :take_jdk_of "%%~d" && exit /b 0
)
echo Cairn needs a JDK 25: install one (for example with: winget install EclipseAdoptium.Temurin.25.JDK) or set JAVA_HOME to it. 1>&2
exit /b 1

:take_jdk_of
call :is_jdk_25 "%~1" || exit /b 1
set "JAVA_HOME=%~f1"
exit /b 0

:is_jdk_25
if not exist "%~1\bin\javac.exe" exit /b 1
findstr /r /c:"^JAVA_VERSION=.25[^0-9]" "%~1\release" >nul 2>nul
exit /b %ERRORLEVEL%

:is_current
if not exist "%jar%" exit /b 1
powershell -NoProfile -Command "$jar = Get-Item -LiteralPath $env:jar; $sources = Get-ChildItem -Recurse -File -LiteralPath ($env:root + '\pom.xml'), ($env:root + '\src\main'), ($env:root + '\db'); if ($sources | Where-Object { $_.LastWriteTime -gt $jar.LastWriteTime }) { exit 1 }"
exit /b %ERRORLEVEL%

:build
where mvn.cmd >nul 2>nul
if errorlevel 1 (
  echo Cairn has to be built and there is no mvn on the PATH: install Maven 3.8 or newer. 1>&2
  exit /b 1
)
set "log=%root%\target\build.log"
echo Building Cairn, a minute or two (log: "%log%") 1>&2
if not exist "%root%\target\" mkdir "%root%\target"
if exist "%jar%" del "%jar%"
pushd "%root%"
call mvn.cmd -B -Dmaven.test.skip=true -Dspotless.check.skip=true package >"%log%" 2>&1
set "built=%ERRORLEVEL%"
popd
if "%built%"=="0" exit /b 0
type "%log%" 1>&2
echo Cairn could not be built; the log above says why. 1>&2
exit /b 1
